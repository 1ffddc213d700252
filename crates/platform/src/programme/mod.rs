//! The programme's books: organisations, cohorts and who is in them, tracks assigned with dates, the matrix, and the gradebook.
//!
//! A cohort is a group of learners with their instructors for a time. [`Platform::read_roster`](crate::Platform::read_roster) takes class lists as
//! OneRoster files and [`Platform::write_roster`](crate::Platform::write_roster) gives them out. The matrix and the gradebook are computed from the attempts each time
//! they are looked at; only what an instructor changed by hand is kept, and each change with its reason.

pub(crate) mod archive;
mod assign;
mod cohorts;
mod days;
mod error;
mod gradebook;
mod matrix;
mod organisations;
mod roster_in;
mod roster_out;

pub use archive::NamedFile;
pub use assign::Due;
pub use cohorts::{CohortView, NewCohort};
pub(crate) use days::{day, today};
pub use error::ProgrammeError;
pub use gradebook::{Grade, Gradebook, GradebookRow};
pub use matrix::{CohortMatrix, CommonFailure};
pub use organisations::{NewAssociate, NewOrganisation};
pub use placements::roster::{LeftOut, Version};
pub use placements::tables::Problem;
pub use roster_in::RosterReport;
pub use store::records::{
    Affiliation, Assignment, Belonging, Cohort, GradeChange, Member, Organisation, OrganisationKind, Part,
};
