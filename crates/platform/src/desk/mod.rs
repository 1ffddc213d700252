//! The security desk of a hospital: its journal searched, watched by rules, and rendered for other programs.
//!
//! What is shown is read from the journal, which stays the one record of what happened, and handed as plain values to
//! [`security`]; looking leaves no trace, as looking at the journal does not. What the desk itself does, from opening a case to
//! turning off a rule, is kept in the sandbox and journaled.

mod cases;
mod error;
mod hunt;
mod hunts;
mod keep;
mod known;
mod pack;
mod render;
mod rules;
mod signals;
mod suppressions;
mod tables;
#[cfg(test)]
mod tests;
mod timeline;
mod watch;

pub(crate) use cases::entry as entry_at;
pub use cases::{CaseChange, Pinned, case, cases, change_case, open_case};
pub use error::DeskError;
pub use hunt::hunt;
pub use hunts::{drop_hunt, save_hunt, saved_hunts};
pub use pack::{PackRule, detections};
pub use render::{Form, rendered};
pub use rules::{kept_rule, kept_rules};
pub(crate) use rules::{save_rule, switch_rule};
pub use security::casework::{
    Case, CaseState, Evidence, Finding, KeptRule, Note, RuleVersion, SavedHunt, Severity, Suppression,
};
pub use security::detection::{Alert, Problem as RuleProblem};
pub use security::query::{Answer as Hunted, Bucket, Histogram, QueryError};
pub use security::telemetry::FIELDS;
pub(crate) use signals::signals;
pub use suppressions::{suppress, suppressions, unsuppress};
pub(crate) use tables::Tables;
pub use timeline::{Moment, Timeline, Whose, timeline};
pub(crate) use watch::raised;
pub use watch::{Watched, watch};
