//! What HIPAA asks after an incident: decisions about dates, counts and states.
//!
//! A [`Law`] is read from a dated file. [`decide`] says whether an incident has to be told: it is presumed to be a breach
//! unless an exception holds, the information was secured, or four documented factors show a low probability of
//! compromise. [`duties`] says who must be told by when, and [`check_letter`] what a notice still lacks.
//!
//! This is for learning. It is no legal advice, and state law may ask for more and sooner.

mod decide;
mod duties;
mod law;
mod letter;
#[cfg(test)]
mod tests;

pub use decide::{Assessment, Decision, Exception, Factor, Incident, Protection, decide};
pub use duties::{Affected, Delay, Discovery, Duties, Notice, Recipient, discovered, duties, people};
pub use law::{Law, LawError};
pub use letter::{Letter, LetterFault, check_letter};
