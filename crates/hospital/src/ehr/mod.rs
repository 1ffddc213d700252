//! The clinical work done at a desk: what a form says, and what is written because of it.
//!
//! Each command is one file and one pure function: the form as [`Entered`] fields, the facts of the hospital it is
//! about as the FHIR resources that are stored, the hospital's time and new ids go in; the resources to store come out,
//! or an [`EhrError`] that names every field that is wrong. Resources that exist are changed in place, so whatever else
//! their authors put there stays. What the hospital already holds may be odd, since learners write it too: nothing here
//! takes a field for granted.

mod admit;
mod beds;
mod break_glass;
mod build;
mod discharge;
mod entered;
mod error;
mod medications;
mod merging;
mod note_template;
mod orders;
mod problems;
mod register;
mod results;
mod roles;
mod shape;
mod stay;
mod support;
#[cfg(test)]
mod tests;
mod transfer;
mod verification;
mod vitals;
mod write_note;

pub use admit::{Admit, AdmitFacts, CLASSES, admit};
pub use beds::{BED_STATES, BedFacts, BedState, SetBedStatus, bed_state, is_bed, left_bed, set_bed_status};
pub use break_glass::{BreakGlass, break_glass};
pub use build::{
    ChangeOrderSet, ChangeOrderable, ChangeRule, DefinitionFacts, RestoreDefinition, STATES,
    change_order_set, change_orderable, change_rule, classes_of, conflicts_of, item_lines,
    restore_definition,
};
pub use discharge::{DISPOSITIONS, Discharge, DischargeFacts, discharge};
pub use entered::Entered;
pub use error::{EhrError, LookAlike, Problem};
pub use medications::{
    AdministerFacts, AdministerMedication, DECISIONS, DUE_EXTENSION, OCCASIONS, OUTCOMES, ReconcileFacts,
    ReconcileMedications, Reconciled, UNVERIFIED_EXTENSION, UNVERIFIED_REASONS, administer_medication,
    due_of, reconcile_medications,
};
pub use merging::{
    MergeFacts, MergePatients, Merged, UnmergeFacts, UnmergePatients, Unmerged, is_merge, merge_patients,
    unmerge_patients,
};
pub use note_template::{TemplateFacts, note_template};
pub use orders::{
    DiscontinueFacts, DiscontinueOrder, Dosing, DraftFacts, DraftOrder, DraftOrderSet, FREQUENCIES,
    Frequency, Item, ORDERABLE_KINDS, OrderSetFacts, PRIORITIES, ROUTES, SignFacts, SignOrders, TASK_CODE,
    UNITS, VERIFY_TASK, codes_of, discontinue_order, dosage, draft_order, draft_order_set, due_times,
    is_verification, needs_verification, orderable_kind, set_items, sign_orders, signed_order, title_of,
};
pub use problems::{
    ALLERGY_STATES, AddProblem, AllergyFacts, CRITICALITIES, PROBLEM_STATES, ProblemFacts, RecordAllergy,
    ReviseAllergy, ReviseProblem, SUBSTANCES, add_problem, record_allergy, revise_allergy, revise_problem,
};
pub use register::{Register, RegisterFacts, SEXES, register, typed_person};
pub use results::{
    ACKNOWLEDGE_TASK, AcknowledgeFacts, AcknowledgeResult, RecordResult, ResultFacts, TASK_SYSTEM,
    acknowledge_result, is_critical, record_result, tests_of,
};
pub use roles::{ChangeRoles, change_roles};
pub use shape::{has_mrn, mrn_of, name_of, reference_id};
pub use stay::{active_place, is_active_place, is_emergency, is_in_house, is_open};
pub use support::{
    ChartFacts, Firing, Rehearsal, RehearsedOrder, RehearsedResult, Rule, SEVERITIES, Severity, Staged, egfr,
    newest_results, rule_of,
};
pub use transfer::{Transfer, TransferFacts, transfer};
pub use verification::{
    COSIGN_TASK, ChangeOrder, Changed, CosignFacts, CosignOrder, ReturnOrder, ReviewFacts, VerifyOrder,
    change_order, cosign_order, refuse_stopped, return_order, verify_order,
};
pub use vitals::{RecordVitals, SIGNS, Sign, VitalsFacts, record_vitals};
pub use write_note::{NOTE_KINDS, NoteFacts, NoteKind, WriteNote, write_note};
