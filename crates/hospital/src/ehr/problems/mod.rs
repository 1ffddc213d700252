//! The problem list and the allergies.

mod allergy;
mod listed;
mod problem;
#[cfg(test)]
mod tests;

pub use allergy::{
    ALLERGY_STATES, AllergyFacts, CRITICALITIES, RecordAllergy, ReviseAllergy, SUBSTANCES, record_allergy,
    revise_allergy,
};
pub use problem::{AddProblem, PROBLEM_STATES, ProblemFacts, ReviseProblem, add_problem, revise_problem};
