//! Team projects: a team works over weeks in one hospital, and what each did there and here stays on record.
//!
//! [`workshops::projects`] decides; this module is where its events are kept, who takes part, and what is found in the hospital. Members
//! [enter](crate::Platform::enter) the hospital under their own names and work in it as roles of their own; what would take it back whole is
//! left to the instructor whose it is. A milestone's checks are those of labs, as far as they ask of a hospital alone. [`verify_projects`]
//! proves projects by playing their teams.

mod act;
mod desk;
mod error;
mod files;
mod history;
mod look;
mod part;
mod people;
mod shelf;
mod start;
mod verify;
mod view;

pub use error::ProjectError;
pub use history::{DeedSeen, History, ToldSeen};
pub(crate) use people::ProjectDone;
pub use shelf::{Shelved, check_projects, project, shelf};
pub use start::NewProject;
pub use store::records::{ProjectPart, ProjectRecord};
pub use verify::{ProjectReport, TeamReport, verify_projects};
pub use view::{MemberSeen, ProjectView};
pub use workshops::projects::{
    Act, Attached, Behaviour, Charter, Contribution, Defence, Did, Figures, Found, Item, ItemState, Look,
    Marked, Milestone, Project, Question, Review, Ruling, Run, Standing, State, Statement, Version, Work,
    measure,
};
