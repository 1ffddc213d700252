//! The after-action report and improvement plan, drafted from the record.
//!
//! The shape is that of the HSEEP template (Homeland Security Exercise and Evaluation Program, doctrine of January 2020, chapter 5): overview, analysis of
//! each objective with a proposed rating, strengths and areas for improvement, and an improvement plan with an owner and a date for each corrective
//! action. A rating is proposed from what was decided and handed over; evaluators settle it.

mod after_action;
mod csv;
mod markdown;

pub use after_action::{AfterAction, Analysed, Held, PlanRow, Rating, Row, after_action};
pub use csv::{decisions_csv, plan_csv};
pub use markdown::markdown;
