//! Assessments on the first and the last day: handed in once each, told to who took them, and for a cohort what was learned.

mod error;
mod shelf;
mod sit;
#[cfg(test)]
mod tests;

pub use error::AssessmentError;
pub use placements::assessments::{Assessment, CHOICES, Form, Gain, Item, Pair, Sitting};
pub(crate) use shelf::check_assessments;
pub use shelf::{assessment, assessments};
pub use sit::{Learned, MyAssessment, Told};
