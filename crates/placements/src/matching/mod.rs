//! The match: applicants and couples, programmes with places, and the ranks each side gave the other.
//!
//! [`read`] turns CSV files into a [`Market`], or says everything that is wrong with them. [`run`] is applicant-proposing deferred
//! acceptance with couples (Gale and Shapley 1962; Roth and Peranson 1999): an applicant who is turned away asks at the next
//! programme of the list, a couple asks for two places at once, and whoever loses a place goes on asking. With couples a
//! stable outcome need not exist, so stability is never claimed: [`blocking`] looks for every party and place that would rather
//! have each other, and the [`Report`] lists them. [`why_not`] answers each applicant; [`remaining`] is what a second round
//! is about, and [`overrule`] changes the outcome by hand and shows at what price.
//!
//! The order of rows in a file never changes the outcome; a tie in a programme's ranks goes by [`lottery`], one number for each applicant,
//! made from a seed that is published.

mod audit;
mod fingerprint;
mod later;
mod lottery;
mod market;
mod names;
mod read;
mod report;
mod run;
mod seats;
#[cfg(test)]
mod tests;
mod why;
mod write;

pub use audit::{Blocking, blocking};
pub use fingerprint::{Fingerprint, fingerprint};
pub use later::{Override, Overruled, Remaining, overrule, read_overrides, remaining};
pub use lottery::lottery;
pub use market::{Applicant, Choice, Market, Party, Program, Seat};
pub use read::{Files, read};
pub use report::{Audit, Matched, Open, Report, Wants, report};
pub use run::{Outcome, run};
pub use why::{Reason, WhyNot, why_not};
pub use write::tables;

pub use crate::tables::{Mistakes, Problem, Source, Table};
