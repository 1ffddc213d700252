//! Clinical commands: a form in, resources written, one journal entry of kind `command` that says so.
//!
//! [`run_command`] is the one way in. It reads what the command is about, lets [`hospital::ehr`] decide, and writes, all
//! in one transaction: nobody can take a bed between the look at it and the admission.

mod command;
mod decide;
mod desk;
mod error;
mod outcome;
mod run;

pub use command::NAMES;
pub use error::CommandError;
pub use hospital::ehr::{CLASSES, DISPOSITIONS, EhrError, LookAlike, NOTE_KINDS, Problem, SEXES, SIGNS};
pub use outcome::{CommandOutcome, Written};
pub use run::run_command;
