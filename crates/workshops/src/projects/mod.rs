//! Team projects: work over weeks, with a charter, a backlog, milestones, peer review, a defence, and a word on who did what.
//!
//! A [project](Project) is a folder: milestones with due days, what is handed in for each, and the behaviours by which it is reviewed. A
//! [run](Run) is one team's way through it: the fold of numbered events. [`permit`] says whether somebody may do something now,
//! and how it is kept; nothing else decides. [`standings`] and [`measure`] are read off the run, and [`told`] says an event in a sentence.
//!
//! What a milestone finds true of the team's hospital comes in from outside, as [`Found`].

mod act;
mod apply;
mod measures;
mod model;
mod permit;
mod permit_panel;
mod permit_work;
mod read;
mod refusal;
mod rules;
mod run;
mod standing;
mod team;
#[cfg(test)]
mod tests;
mod told;
mod words;

pub use act::{Act, Attached, Event, Found, ItemState, Marked, What};
pub use measures::{Did, Figures, did, measure};
pub use model::{Behaviour, Contribution, Milestone, Project, TeamSize};
pub use permit::{By, Part, permit};
pub use read::{CHECKS_FILE, Checked, DEEDS, PROJECT_FILE, project};
pub use refusal::Refusal;
pub use run::{Charter, Defence, Item, Look, Marks, Question, Review, Ruling, Run, Statement, Version, Work};
pub use standing::{DAY_US, Standing, State, due_us, standing, standings};
pub use team::{Kind, Step, Team};
pub use told::told;
