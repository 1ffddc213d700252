//! The compliance office of a hospital: papers that HIPAA asks for, filed with what is wrong in them.
//!
//! A paper is never refused for what it says, since real ones are not: it is kept with its faults, and journaled with their
//! number. Forms are checked by [`security::papers`]; this module hands them the facts: entries that are pinned to a case, names
//! that must not stand in a letter, and what is measured in the running hospital.

mod error;
mod facts;
mod filing;
mod log;
mod measure;
mod paper;
mod rules;
#[cfg(test)]
mod tests;

pub use error::ComplianceError;
pub use filing::{file_paper, paper, papers};
pub use log::{LogLine, breach_log};
pub use paper::{Paper, PaperKind};
pub use rules::{clauses, law, questions, topics};
pub use security::breach::Law;
pub use security::papers::{Clause, Clauses, PaperFault, Question, Questions, Topic, Topics};
