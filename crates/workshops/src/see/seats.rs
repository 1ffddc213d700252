use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Case, Discipline};
use crate::run::Run;

/// A role and who has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Seat {
    /// The role's slug.
    pub role: String,
    /// What it is called.
    pub title: String,
    /// What it is there for.
    pub about: String,
    /// In whose terms it sees the hospital.
    pub discipline: &'static str,
    /// Who has it: ids of people, and what they are called.
    pub people: Vec<(String, String)>,
    /// Whether a scripted colleague covers it.
    pub covered: bool,
}

/// Every role of the case, in the order of its file.
pub(super) fn seats(case: &Case, run: &Run) -> Vec<Seat> {
    let seat = |role: &crate::model::Role| {
        let sits = run.members.iter().filter(|(_, member)| member.role.as_deref() == Some(role.id.as_str()));
        Seat {
            role: role.id.clone(),
            title: role.title.clone(),
            about: role.about.clone(),
            discipline: word(role.discipline),
            people: sits.map(|(id, member)| (id.clone(), member.name.clone())).collect(),
            covered: run.covered.contains(&role.id),
        }
    };
    case.roles.iter().map(seat).collect()
}

fn word(discipline: Discipline) -> &'static str {
    match discipline {
        Discipline::Clinical => "clinical",
        Discipline::Administrative => "administrative",
        Discipline::Technical => "technical",
    }
}
