//! Results: what the laboratory and imaging report on an order, and who took note of what is critical.

mod acknowledge;
mod record;
#[cfg(test)]
mod tests;

pub use acknowledge::{
    ACKNOWLEDGE_TASK, AcknowledgeFacts, AcknowledgeResult, TASK_SYSTEM, acknowledge_result, is_critical,
};
pub use record::{RecordResult, ResultFacts, record_result, tests_of};
