//! Declared problems, placed in a hospital.
//!
//! A lab states its problem as a `[[fault]]` table. Those of `layer = "source"` and `"workflow"`
//! arise where records are made, and are placed here: a [`Fault`] and the patients
//! it may touch go in, the resources to write and the [`Placed::truth`] come out.
//! The truth holds the facts a lab may name as `{fault.*}`. The same seed and the
//! same patients always give the same case, so marking needs no stored answer.
//!
//! # `do = "duplicate-patient"`
//!
//! ```toml
//! [[fault]]
//! at = "start"
//! layer = "source"
//! do = "duplicate-patient"
//! edits = ["swapped-digits", "nickname"]   # at least one, applied together
//! pairs = 1                                # 1 to 10 patients get a double; default 1
//! look_alike = true                        # default true
//! ```
//!
//! A patient of the hospital (the *survivor*) gets a second record (the *duplicate*)
//! with a second MRN, the edits below, and a few results of a visit of its own. With
//! `look_alike`, a third record is a different person of the same name and a near
//! birth date, whose middle name, address, telephone, e-mail and MRN all differ.
//!
//! | edit | what differs in the duplicate |
//! |---|---|
//! | `swapped-digits` | two digits of the birth date changed places |
//! | `maiden-name` | another family name; only adult women are chosen |
//! | `nickname` | the short form of the first given name; only names that have one are chosen |
//! | `typo` | one letter of the family name doubled, dropped or swapped |
//! | `moved-address` | another street and town |
//! | `missing-phone` | no telephone |
//!
//! Truth, as JSON: `survivor`, `duplicate` and `lookalike`, each with `id`, `mrn`,
//! `family`, `given` and `birth_date`; with several pairs these are the first pair's, and `pairs`
//! lists all of them in the same shape. A lab writes `{fault.survivor.mrn}`, or
//! `{fault.pairs.1.duplicate.id}`. Without `look_alike` there is no `lookalike`.
//!
//! # `do = "late-edit"`
//!
//! ```toml
//! [[fault]]
//! at = "start"
//! layer = "source"
//! do = "late-edit"
//! patient = "{patient.id}"   # whose chart
//! ```
//!
//! Somebody else added a person to call (`Patient.contact`) to this chart, so it is one
//! version further than it was when the lab's params were made.
//!
//! Truth: `edited` with the patient's `id`, and the `contact`'s family name and `phone`.

//!
//! # `do = "stray-result"`
//!
//! ```toml
//! [[fault]]
//! at = "start"
//! layer = "source"
//! do = "stray-result"
//! stay = "{stays.1}"         # an encounter a param found: whose result it is
//! neighbour = "{stays.2}"    # another, who had the same test on the same evening
//! orderable = "lab-sodium"   # a test of one value
//! lost = "number"            # or "order", or "patient"
//! ```
//!
//! Yesterday evening the same test was ordered for two patients, and both results came. The neighbour's is filed as it
//! should be. The other is not: with `lost = "number"` it belongs to no order, with `"order"` to an older order of the same
//! patient, which has a result already, with `"patient"` to the neighbour's order and so to the neighbour's chart. The order
//! it belongs to is still in force, and its task open. Orders and reports carry the order's number as identifier, except
//! where it is what was lost.
//!
//! Truth: `stray` with `order`, `number`, `task`, `ordered` (an instant), `taken` (an instant), `observation`, `report`,
//! `value`, `unit`, `code` (LOINC), `test` and `wrong_order`, the order it was filed under, if any; `right` with `order`,
//! `observation`, `report` and `value` of the result that is filed well.
//!
//! # `do = "critical-results"`
//!
//! ```toml
//! [[fault]]
//! at = "start"
//! layer = "source"
//! do = "critical-results"
//! stays = "{stays}"               # five encounters a param found
//! orderable = "lab-potassium"     # a test of one value that can be critical
//! side = "high"                   # or "low"
//! policy_min = "{policy}"         # minutes in which somebody has to take note, 20 to 120
//! ```
//!
//! Five patients had this test. The first's result is critical and waits for longer than the policy allows; the second's is
//! critical and still in time; the third's was acknowledged in time; the fourth's is abnormal only; the fifth's seemed
//! critical, was corrected to a normal value, and its task was left open, so that it waits longest.
//!
//! Truth: `late`, `fresh`, `acknowledged`, `abnormal` and `corrected`, each with `patient`, `mrn`, `observation`, `value`,
//! `unit`, `issued` and, where there is one, `task`; `late` also with `waited_min` and `over_min`, the minutes in all and
//! beyond the policy; and `waiting`, the list of `late` and `fresh`.
//!
//! # `do = "build-change"`
//!
//! ```toml
//! [[fault]]
//! at = "start"
//! layer = "source"
//! do = "build-change"
//! order_set = { id = "set-pain", title = "Pain", items = "# Medication\nmed-ibuprofen ticked" }
//! rule = { id = "rule-nsaid-kidney", title = "...", condition = "...", severity = "warning", message = "..." }
//! roles = { grant = "registrar=chart.view.notes", take = "nurse=medication.administer" }
//! ```
//!
//! An order set, a rule or the role matrix are from now on as the table says, whatever they were; at least one is given. The
//! fields are those of the commands `change_order_set` and `change_rule`. Only orderables that every hospital has can stand in
//! the set. `roles` says in what the matrix differs from the shipped one; what is granted must not be shipped, what is taken
//! must be. Truth: none, or with `roles`, `left`: for each role its `role`, the permissions that it has and the change left
//! alone (`kept`), and those that the change touched (`open`), separated by spaces.
//!
//! # `do = "records"`
//!
//! ```toml
//! [[fault]]
//! at = "start"
//! layer = "source"
//! do = "records"
//! [fault.record.first]                       # what the truth calls it
//! resourceType = "Observation"
//! ...
//! ```
//!
//! Resources are in the hospital as the tables say, as if another system had sent them: 1 to 20, each valid by the structure
//! of its type and otherwise as good or bad as written. Each gets a new id; `"@NAME"` as the `reference` of a Reference is a
//! reference to the record of that name. Truth: under each name, the record's `id` and `type`.
//!
//! # `do = "past-order"`
//!
//! ```toml
//! [[fault]]
//! at = "start"
//! layer = "source"
//! do = "past-order"
//! stay = "{stay}"                       # an encounter a param found
//! hours_ago = 20
//! name = "example"                      # what the truth calls it; default "order"
//! order = { orderable = "med-ibuprofen", egfr = 24 }
//! ```
//!
//! Somebody signed this order so many hours ago. `order` is as in a check of kind `support`, without age and sex, which are
//! the patient's own: results and other orders it names are in the chart too. Truth: under its `name`, `order` with the
//! order's id, and `patient` and `mrn`.
//!
//! # `do = "unsigned-order"`, `"mislabelled-specimen"`, `"wrong-accession"`
//!
//! ```toml
//! [[fault]]
//! at = "start"
//! layer = "workflow"
//! do = "mislabelled-specimen"
//! stays = "{stays}"              # two encounters a param found; the others take one, as `stay`
//! orderable = "lab-potassium"    # a test of one value
//! ```
//!
//! An order is drafted, and nobody signed it; truth: `unsigned` with `order` and `patient`. Two patients had the test yesterday
//! and this morning, and the tubes of this morning had each other's labels; truth: `mislabelled`, in it `first` and `second`,
//! each with `order`, `observation`, `report`, `value` and `taken` as filed, `before`, the value of yesterday, and `near`, what
//! the right tube would have shown. Two results of one patient are filed under each other's order; truth: `accession`, in it
//! `early` and `late`.
//!
//! # `do = "earlier-events"`
//!
//! Layer `workflow` too, and placed by `platform`: what people and systems did before the learner came, see the author's guide.
//!
//! # Layers `wire`, `access` and `platform`
//!
//! ```toml
//! [[fault]]
//! at = "start"
//! layer = "wire"
//! do = "bad-unit"
//! interface = "results-lis"     # as in content/hospitals
//! event = "ORU^R01"             # all events when left out
//! one_in = 5                    # one message in so many, drawn from the seed; default every one
//! unit = "mg/dL"
//! ```
//!
//! These strike messages and interfaces from now on, see [`Transit`]. On the wire: `lose-message`, `double-message`, `bad-unit`
//! (`unit`), `missing-segment` (`segment`), `wrong-code` (`code`, `by`), `clock-drift` (`minutes`); and where it is received
//! `late-ack`, after which the sender sends it again under another number, `answer-error` and `answer-reject` (`reason`), which
//! are AE and AR. On the platform: `queue-stall`, `expired-certificate`, `full-disk`, and in layer `access` `locked-account`,
//! which close the interface. A fault of layer `wire` ends by itself after `lasts_min` minutes, if that is given. Truth:
//! `transit` with `interface`, `from` and `to`.
//!
//! Beside what is declared, messages are odd now and then in ways that harm nobody, see [`noise`]: not everything that looks
//! unusual is the fault.

mod build_change;
mod critical_results;
mod duplicate;
mod edit;
mod error;
mod fault;
mod laboratory;
mod late_edit;
mod mix_up;
mod noise;
mod past_order;
mod records;
mod stay;
mod stray_result;
#[cfg(test)]
mod tests;
mod transit;
mod visit;

pub use build_change::{BuildChange, RoleChanges};
pub use critical_results::{CriticalResults, Side};
pub use edit::Edit;
pub use error::FaultError;
pub use fault::{DuplicatePatient, Fault, Ground, LateEdit, Placed};
pub use mix_up::{MislabelledSpecimen, UnsignedOrder, WrongAccession};
pub use noise::noise;
pub use past_order::PastOrder;
pub use records::Records;
pub use stay::Stay;
pub use stray_result::{Lost, StrayResult};
pub use transit::{Met, Strike, Struck, Transit};
