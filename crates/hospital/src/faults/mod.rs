//! Declared problems, placed in a hospital.
//!
//! A lab states its problem as a `[[fault]]` table. Those of `layer = "source"`
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

mod duplicate;
mod edit;
mod error;
mod fault;
mod late_edit;
#[cfg(test)]
mod tests;
mod visit;

pub use edit::Edit;
pub use error::FaultError;
pub use fault::{DuplicatePatient, Fault, Ground, LateEdit, Placed};
