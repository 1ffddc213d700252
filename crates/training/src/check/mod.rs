//! Judging: what a check asks of the hospital, and what the answer means.
//!
//! [`requests`] says what must be looked up; whoever runs the hospital looks it up and hands back what was observed, in
//! the same order; [`judge`] turns that into a [`Verdict`] a learner can learn from. Nothing here changes anything, so
//! a check may be repeated at will. [`touched_by`] tells whether a new journal entry can change a verdict.

mod answer;
mod bedside;
mod channel;
mod clauses;
mod depends;
mod fhir;
mod flow;
mod http;
mod journal;
mod judge;
mod ledger;
mod message;
mod meter;
mod reach;
mod record;
mod release;
mod request;
mod rows;
mod service;
mod support;
mod verdict;

pub(crate) use answer::answer_paths;
pub use answer::truth;
pub use depends::{ANSWER, depends_on, touched_by};
pub use judge::judge;
pub(crate) use ledger::texts_of;
pub(crate) use release::texts as texts_of_release;
pub use request::{Request, requests};
pub use verdict::Verdict;
