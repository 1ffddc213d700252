//! The proof of a project: each of its teams plays it in a hospital of its own, and the figures tell them apart.

use std::collections::BTreeMap;

use scenarios::model::{Compare, Quantity, Term, all_hold};
use serde::Serialize;
use store::records::{Person, Role};
use training::lab::Modifier;
use training::script::run;
use workshops::projects::{Act, By, DAY_US, Kind, Part, Step, Team, measure};

use super::act::act_at;
use super::desk::Desk;
use super::error::ProjectError;
use super::shelf::{Shelved, values_of};
use crate::labs::{Hands, do_as};
use crate::platform::Platform;

/// Points of a hundred by which the good team must differ from the other.
const APART: f64 = 25.0;

/// What the proof of a project found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProjectReport {
    /// The project.
    pub id: String,
    /// What came of each team.
    pub teams: Vec<TeamReport>,
    /// What does not hold: each a sentence.
    pub findings: Vec<String>,
}

/// What came of a team.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TeamReport {
    /// The team.
    pub id: String,
    /// Which of the two it is.
    pub kind: Kind,
    /// Its figures, by name.
    pub figures: BTreeMap<&'static str, f64>,
}

/// Proves projects, one after the other. What is done in a hospital goes through `hands`, in the name of whoever does it.
///
/// # Errors
/// When the platform fails; what does not hold is a finding.
pub fn verify_projects(
    platform: &Platform,
    hands: &dyn Hands,
    projects: &[&Shelved],
) -> Result<Vec<ProjectReport>, ProjectError> {
    projects.iter().map(|shelved| verify(platform, hands, shelved)).collect()
}

fn verify(platform: &Platform, hands: &dyn Hands, shelved: &Shelved) -> Result<ProjectReport, ProjectError> {
    let (mut teams, mut findings) = (Vec::new(), Vec::new());
    for team in &shelved.project.teams {
        let figures = play(platform, hands, shelved, team, &mut findings)?;
        for term in team.expects.iter().filter(|term| !holds(term, &figures)) {
            findings.push(format!("{}: '{term}' does not hold, it is {}", team.id, measured(term, &figures)));
        }
        teams.push(TeamReport { id: team.id.clone(), kind: team.kind, figures });
    }
    tell_apart(&teams, &mut findings);
    Ok(ProjectReport { id: shelved.project.id.clone(), teams, findings })
}

fn holds(term: &Term, figures: &BTreeMap<&'static str, f64>) -> bool {
    let quantity = |of: &Quantity| match of {
        Quantity::Reading(name) => figures.get(name.as_str()).copied(),
        _ => None,
    };
    all_hold(std::slice::from_ref(term), |_| false, quantity)
}

fn measured(term: &Term, figures: &BTreeMap<&'static str, f64>) -> String {
    let Term::Compare(Compare { of: Quantity::Reading(name), .. }) = term else { return String::new() };
    figures.get(name.as_str()).map_or_else(|| "not measured".to_owned(), |value| format!("{value:.0}"))
}

/// A good team shares the work and reviews it; where one does it all, both can be seen.
fn tell_apart(teams: &[TeamReport], findings: &mut Vec<String>) {
    let of = |kind: Kind| teams.iter().filter(move |team| team.kind == kind);
    for (good, other) in of(Kind::Good).flat_map(|good| of(Kind::Alone).map(move |other| (good, other))) {
        for name in ["accepted", "reviewed", "shared", "confirmed"] {
            let (best, worse) = (good.figures[name], other.figures[name]);
            if best - worse < APART {
                findings.push(format!(
                    "'{name}' does not tell {} ({best:.0}) from {} ({worse:.0}): {APART} points are wanted",
                    good.id, other.id
                ));
            }
        }
    }
}

/// A team at work in its proof.
struct Playing<'a> {
    platform: &'a Platform,
    hands: &'a dyn Hands,
    shelved: &'a Shelved,
    team: &'a Team,
    members: Vec<Person>,
    panel: Person,
}

/// Plays a team to the end of the project, in a hospital that is thrown away.
fn play(
    platform: &Platform,
    hands: &dyn Hands,
    shelved: &Shelved,
    team: &Team,
    findings: &mut Vec<String>,
) -> Result<BTreeMap<&'static str, f64>, ProjectError> {
    let stand_in = |name: &str, role| {
        platform
            .stand_in(&format!("project-{name}"), role)
            .map_err(|error| ProjectError::invalid("prover", error.to_string()))
    };
    let members: Vec<Person> =
        team.members.iter().map(|name| stand_in(name, Role::Learner)).collect::<Result<_, _>>()?;
    let panel = stand_in("panel", Role::Instructor)?;
    let begins_us = platform.clock().now_us();
    let how = (team.title.clone(), None, begins_us);
    let record =
        platform.begin_project(&panel, &shelved.project, how, &members, std::slice::from_ref(&panel))?;
    let playing = Playing { platform, hands, shelved, team, members, panel };
    let mut desk = Desk::of(platform, record)?;
    playing.look(&mut desk, begins_us)?;
    let traps =
        |check: &str| shelved.checks().any(|(_, one)| one.id == check && one.modifier == Modifier::Never);
    let looked = desk.run.looks.iter().flat_map(|look| &look.found);
    if let Some(found) = looked.into_iter().find(|found| found.passed && !traps(&found.check)) {
        findings.push(format!("'{}' holds before anybody has done anything: it shows nothing", found.check));
    }
    let mut day = 0;
    for (place, step) in team.steps.iter().enumerate() {
        day = step.day.unwrap_or(day);
        for (name, who) in playing.whose(step) {
            let done = playing.step(&mut desk, step, (name, who), begins_us + i64::from(day) * DAY_US);
            let (number, id) = (place + 1, &team.id);
            match done {
                Ok(()) if step.refused => {
                    findings.push(format!("{id}: step {number} of {name} is not refused"));
                }
                Err(ProjectError::Refused(_)) if step.refused => {}
                Ok(()) => {}
                Err(ProjectError::Refused(why)) => {
                    findings.push(format!("{id}: step {number} of {name} is refused: {why}"));
                }
                Err(ProjectError::Invalid { field: "deed", why }) => {
                    findings.push(format!("{id}: step {number} of {name}: {why}"));
                }
                Err(other) => return Err(other),
            }
        }
    }
    let at_us = begins_us + i64::from(day) * DAY_US;
    platform.finish_project(
        &mut desk,
        &shelved.project,
        playing.panel.id.as_str(),
        at_us,
        |desk, at_us| playing.look(desk, at_us),
    )?;
    let figures = measure(&shelved.project, &desk.run).named();
    if let Some(sandbox) = &desk.record.sandbox {
        platform.delete_sandbox(&playing.panel, sandbox.as_str())?;
    }
    Ok(figures)
}

impl Playing<'_> {
    fn look(&self, desk: &mut Desk<'_>, at_us: i64) -> Result<(), ProjectError> {
        self.platform.look_over(desk, self.shelved, self.panel.id.as_str(), at_us)
    }

    /// Who does a step: a member, the panel, or every member.
    fn whose(&self, step: &Step) -> Vec<(&str, &Person)> {
        let members = self.team.members.iter().map(String::as_str).zip(&self.members);
        match step.by.as_str() {
            "panel" => vec![("panel", &self.panel)],
            "*" => members.collect(),
            name => members.filter(|(own, _)| *own == name).collect(),
        }
    }

    fn step(
        &self,
        desk: &mut Desk<'_>,
        step: &Step,
        (name, who): (&str, &Person),
        at_us: i64,
    ) -> Result<(), ProjectError> {
        if let Some(act) = &step.act {
            let part = if name == "panel" { Part::Panel } else { Part::Member };
            let by = By { who: who.id.as_str(), part };
            return act_at(desk, &self.shelved.project, by, (at_us, &self.named(act)), None);
        }
        if step.looks {
            return self.platform.look_over(desk, self.shelved, who.id.as_str(), at_us);
        }
        let Some(deed) = &step.deed else { return Ok(()) };
        let script = self.shelved.deeds.iter().find(|script| script.id == *deed);
        let (Some(script), Some(sandbox)) = (script, &desk.record.sandbox) else {
            return Err(ProjectError::invalid("deed", format!("there is no deed '{deed}'")));
        };
        let sandbox = sandbox.as_str();
        run(script, &[], &values_of(sandbox), &mut |call| {
            do_as(self.platform, self.hands, (sandbox, who), call)
        })
        .map_err(|error| ProjectError::invalid("deed", error.problem().to_string()))
    }

    /// An act in which members stand by their ids and not by what the team's file calls them.
    fn named(&self, act: &Act) -> Act {
        let id_of = |name: &mut String| {
            if let Some(place) = self.team.members.iter().position(|member| member == name) {
                *name = self.members[place].id.to_string();
            }
        };
        let mut act = act.clone();
        match &mut act {
            Act::OwnItem { owner: Some(name), .. }
            | Act::Confirm { of: name, .. }
            | Act::Question { to: Some(name), .. } => id_of(name),
            Act::HandIn { with, .. } => with.iter_mut().for_each(id_of),
            _ => {}
        }
        act
    }
}
