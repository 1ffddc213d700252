//! What the platform itself remembers: people and their secrets, sandboxes, attempts and the evidence in them.
//!
//! One SQLite database, `platform.sqlite`. Every table has one file here with all of its SQL; its functions are named
//! noun first (`person_add`, `verdict_latest`), take and return plain values, and each is one transaction.
//! Callers hold a [`Records`] and nothing else, so a second database can stand behind the same functions.
//!
//! Evidence only grows: answers, verdicts, hints and resets are appended and never changed.
//! Secrets arrive here already hashed; this module never sees one.

mod answers;
mod apprenticeships;
mod attempts;
mod blind_tests;
mod boards;
mod check_states;
mod connections;
mod credentials;
mod drill_results;
mod drills;
mod erasure;
mod hints;
mod ids;
mod incidents;
mod keys;
mod kit_runs;
mod mentoring;
mod models;
mod oidc_subjects;
mod open;
mod people;
mod places;
mod programme;
mod projects;
mod resets;
mod sandboxes;
mod schema;
mod sessions;
mod sign_in_links;
#[cfg(test)]
mod tests;
mod tokens;
mod verdicts;
mod workshops;

pub use answers::Answer;
pub use apprenticeships::{Apprenticeship, ReadinessLink, ReadinessLook, RecordEntry};
pub use attempts::{Attempt, AttemptState, Standing};
pub use blind_tests::{BlindTestRow, BlindTryRow};
pub use boards::BoardKept;
pub use check_states::{CheckStates, Judgement};
pub use credentials::Credential;
pub use drill_results::DrillResult;
pub use drills::Drill;
pub use hints::Hint;
pub use ids::{AttemptId, PersonId, SandboxId, SecretHash};
pub use kit_runs::KitRun;
pub use mentoring::{AskAnswer, MentorAction, MentorAsk, MentorSession, Profile, ProfileKind};
pub use models::ModelVersion;
pub use open::Records;
pub use people::{Person, Role};
pub use places::{Couple, MatchOverride, MatchRun, PairOfPlaces, PersonDocument, PlaceRecord, Wish};
pub use programme::{
    Affiliation, AssessmentSitting, Assignment, Belonging, Cohort, CohortAttempt, Enrolment, GradeChange,
    IntegrityDecision, IntegrityLook, Member, Organisation, OrganisationKind, Part, RosterChange,
    RosterCohort, RosterOrganisation,
};
pub use projects::{ProjectPart, ProjectRecord};
pub use resets::{Reset, ResetGrain};
pub use sandboxes::SandboxRecord;
pub use sessions::Session;
pub use sign_in_links::SignInLink;
pub use tokens::Token;
pub use verdicts::Verdict;
pub use workshops::Workshop;
