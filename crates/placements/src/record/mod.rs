//! The apprenticeship record: what was agreed, what was done, who stands by it, and what is still missing.
//!
//! A record is a list of [`Entry`]s that only grows, each with the hash of the one before it, so that nobody can change a line
//! unseen. [`Record::of`] reads the list; [`decide`] says whether one more [`Deed`] may be added, or in words why not. A line that a
//! supervisor has signed is mended only by a correction that names it and is signed in its turn, and nobody signs their own.
//!
//! How many hours of which work, and which competencies, stands in a [`Schedule`]; what law and house ask stands in [`Rules`]. Both are
//! dated files. [`Progress`] holds a record against them: hours by process, what was entrusted, the wage step that was reached, and
//! everything that is missing. [`dues`] is what somebody has to do next, and [`hours_csv`] what an office sends on.

mod agreement;
mod chain;
pub(crate) mod day;
mod decide;
mod deed;
mod due;
mod export;
mod hours;
mod lines;
mod progress;
mod read;
mod rules;
mod schedule;
#[cfg(test)]
mod tests;
mod told;

pub use agreement::{Agreement, WageStep};
pub use chain::{Entry, broken_at, next_entry};
pub use decide::{Moment, Refusal, Side, decide};
pub use deed::{Deed, Entrusted, Evaluation, Half, Incident, Onboarding};
pub use due::{Due, Matter, dues};
pub use export::{hours_csv, lines_csv};
pub use hours::{hours_text, minutes_of};
pub use lines::{Line, LineState, monday};
pub use progress::{Done, Gap, Progress, Trust, Wage, progress};
pub use read::{Record, Signature, Unreadable};
pub use rules::Rules;
pub use schedule::{Approach, Course, Process, Schedule};
pub use told::identifier;
