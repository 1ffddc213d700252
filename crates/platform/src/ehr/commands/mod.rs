//! Clinical commands: a form in, resources written, one journal entry of kind `command` that says so.
//!
//! [`run_command`] is the one way in. It reads what the command is about, lets [`hospital::ehr`] decide, and writes, all
//! in one transaction: nobody can take a bed between the look at it and the admission.

mod beds;
mod build;
mod command;
mod decide;
mod desk;
mod error;
mod medications;
mod merging;
mod orders;
mod outcome;
mod problems;
mod results;
mod roles;
mod run;
mod verification;

pub use command::{COMMANDS, NAMES, permission_for};
pub use error::CommandError;
pub use hospital::ehr::{
    ALLERGY_STATES, BED_STATES, BedState, CLASSES, CRITICALITIES, DECISIONS, DISPOSITIONS, Dosing, EhrError,
    FREQUENCIES, Firing, LookAlike, NOTE_KINDS, OCCASIONS, ORDERABLE_KINDS, OUTCOMES, PRIORITIES,
    PROBLEM_STATES, Problem, ROUTES, SEVERITIES, SEXES, SIGNS, STATES, SUBSTANCES, Severity, UNITS,
    UNVERIFIED_REASONS,
};
pub use outcome::{CommandOutcome, Written};
pub use run::run_command;
pub(crate) use run::{file_report, run_by_house};
