//! The programme's books: organisations, cohorts, who is in them, what is assigned, and grades changed by hand.

mod affiliations;
mod assignments;
mod cohorts;
mod enrolments;
mod grade_changes;
mod integrity_looks;
mod organisations;
mod roster;
mod sittings;
#[cfg(test)]
mod tests;

pub use affiliations::{Affiliation, Belonging};
pub use assignments::Assignment;
pub use cohorts::Cohort;
pub use enrolments::{CohortAttempt, Enrolment, Member, Part};
pub use grade_changes::GradeChange;
pub use integrity_looks::{IntegrityDecision, IntegrityLook};
pub use organisations::{Organisation, OrganisationKind};
pub use roster::{RosterChange, RosterCohort, RosterOrganisation};
pub use sittings::AssessmentSitting;
