//! The papers that HIPAA asks for, as forms with what is wrong in them.
//!
//! Each form is read strictly and checked against its section: an assessment of the four factors, a letter to one person,
//! notices to the Secretary and to the media, a risk analysis, a policy, a sanction, an agreement with a business associate. What a
//! check needs to know of the hospital is handed over as plain facts. A [`PaperFault`] says what is missing or contradicts
//! itself; whether a judgement was wise is not for a form to say.

mod agreement;
mod assessment;
pub mod day;
mod fault;
mod notices;
mod policy;
mod risk;
mod sanction;
#[cfg(test)]
mod tests;

pub use agreement::{Agreement, Clause, Clauses};
pub use assessment::{AssessmentForm, Conclusion, Factors, WeighedFactor};
pub use fault::PaperFault;
pub use notices::{LetterForm, MediaForm, Owed, Route, SecretaryForm};
pub use policy::{PolicyForm, Topic, Topics};
pub use risk::{Answer, Measured, Question, Questions, RiskAnalysis, Said};
pub use sanction::{SanctionForm, SanctionLevel};
