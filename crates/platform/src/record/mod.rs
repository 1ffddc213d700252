//! Apprenticeships: the agreement, the record that grows under it, and what an office asks of it.
//!
//! What may be written, and what is missing, is decided by [`placements::record`]; here a record is loaded, held against its schedule, and one entry
//! longer when that was allowed. Apprentice, supervisor and the employer's education office see it, and who teaches; nobody else. What an office has
//! to report of a person is sealed and lies apart: only that person and that office open it, and each look of the office stands in the record.

mod agree;
mod board;
mod content;
mod error;
mod exports;
mod particulars;
mod view;
mod write;

pub use agree::NewAgreement;
pub use board::Starter;
pub(crate) use content::check_apprenticeships;
pub use content::{record_rules, schedule, schedules};
pub use error::RecordError;
pub use particulars::Particulars;
pub use placements::record::{
    Agreement, Approach, Deed, Done, Due, Entrusted, Evaluation, Gap, Half, Incident, Line, LineState,
    Matter, Onboarding, Progress, Record, Rules, Schedule, Side, Signature, WageStep, hours_text, minutes_of,
    monday,
};
pub use view::Apprenticed;
