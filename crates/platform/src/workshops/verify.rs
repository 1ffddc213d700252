//! The proof of a case: each of its teams plays it in a hospital of its own, and the measures tell them apart.

use scenarios::model::{Compare, Quantity, Scenario, Term, all_hold};
use serde::Serialize;
use std::collections::BTreeMap;
use store::records::{Person, Role, Workshop};
use workshops::measure::measure;
use workshops::model::{Case, FACILITATOR, Kind, Step, Team};
use workshops::run::{Act, Asked, What};

use super::error::WorkshopError;
use super::table::Table;
use crate::ids::{new_id, new_sandbox_id};
use crate::platform::Platform;

/// Where the chance of proofs begins.
const SEED: u64 = 9;
/// Points of a hundred by which the good team must differ from another in what that other is bad at.
const APART: f64 = 25.0;

/// What the proof of a case found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseReport {
    /// The case.
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
    /// Which of the three it is.
    pub kind: Kind,
    /// Its measures, by name.
    pub figures: BTreeMap<String, f64>,
}

/// Proves cases, one after the other.
///
/// # Errors
/// When the platform fails; what does not hold is a finding.
pub fn verify_cases(platform: &Platform, cases: &[&Case]) -> Result<Vec<CaseReport>, WorkshopError> {
    let prover = platform
        .stand_in("workshop-prover", Role::Learner)
        .map_err(|error| WorkshopError::invalid("prover", error.to_string()))?;
    cases.iter().map(|case| verify(platform, &prover, case)).collect()
}

fn verify(platform: &Platform, prover: &Person, case: &Case) -> Result<CaseReport, WorkshopError> {
    let world = case.world();
    let (mut teams, mut findings) = (Vec::new(), Vec::new());
    for team in &case.teams {
        let figures = play(platform, prover, (case, &world), team, &mut findings)?;
        for term in team.expects.iter().filter(|term| !holds(term, &figures)) {
            let measured = measured(term, &figures);
            findings.push(format!("{}: '{term}' does not hold, it is {measured}", team.id));
        }
        teams.push(TeamReport { id: team.id.clone(), kind: team.kind, figures });
    }
    tell_apart(&teams, &mut findings);
    Ok(CaseReport { id: case.id.clone(), teams, findings })
}

fn holds(term: &Term, figures: &BTreeMap<String, f64>) -> bool {
    let quantity = |of: &Quantity| match of {
        Quantity::Reading(name) => figures.get(name).copied(),
        _ => None,
    };
    all_hold(std::slice::from_ref(term), |_| false, quantity)
}

fn measured(term: &Term, figures: &BTreeMap<String, f64>) -> String {
    let Term::Compare(Compare { of: Quantity::Reading(name), .. }) = term else { return String::new() };
    figures.get(name).map_or_else(|| "not measured".to_owned(), |value| format!("{value:.0}"))
}

/// The good team shares what those who hoard keep, and knows what those who hurry do not.
fn tell_apart(teams: &[TeamReport], findings: &mut Vec<String>) {
    let of = |kind: Kind| teams.iter().filter(move |team| team.kind == kind);
    let figure = |team: &TeamReport, name: &str| team.figures.get(name).copied().unwrap_or(0.0);
    for good in of(Kind::Good) {
        for (kind, names) in [
            (Kind::Hoards, ["facts", "on-table", "correct-t2"]),
            (Kind::Hasty, ["informed", "decisions", "facts"]),
        ] {
            for other in of(kind) {
                for name in names {
                    let (best, worse) = (figure(good, name), figure(other, name));
                    if best - worse < APART {
                        findings.push(format!(
                            "'{name}' does not tell {} ({best:.0}) from {} ({worse:.0}): {APART} points are wanted",
                            good.id, other.id
                        ));
                    }
                }
            }
        }
    }
}

/// Plays a team to the end of the case, in a hospital that is thrown away.
fn play(
    platform: &Platform,
    prover: &Person,
    (case, world): (&Case, &Scenario),
    team: &Team,
    findings: &mut Vec<String>,
) -> Result<BTreeMap<String, f64>, WorkshopError> {
    let workshop = Workshop {
        id: new_id(platform.entropy()),
        case: case.id.clone(),
        version: case.version.clone(),
        owner: prover.id.clone(),
        code: new_sandbox_id(platform.entropy()),
        begins_us: platform.clock().now_us(),
        minutes: case.minutes(),
        cancelled: false,
        revision: 0,
        changed_us: platform.clock().now_us(),
        sandbox: None,
        ended_us: None,
    };
    platform.records.workshop_set(&workshop)?;
    let mut table = Table::of(platform, workshop, case, Some(world))?.seeded(SEED);
    table.happen("", &seated(case))?;
    for (place, step) in team.steps.iter().enumerate() {
        for (who, act) in spelled_out(case, step) {
            if let Err(refused) = table.act(prover, Asked { who, facilitator_gone: false }, &act) {
                match refused {
                    WorkshopError::Refused(why) => {
                        findings.push(format!("{}: step {} of {who} is refused: {why}", team.id, place + 1));
                    }
                    other => return Err(other),
                }
            }
        }
    }
    if table.run.play.ended_us.is_none() {
        findings.push(format!("{}: it does not come to the end", team.id));
    }
    let figures = measure(case, &table.run).figures();
    if let Some(sandbox) = table.workshop.sandbox.clone() {
        platform
            .delete_sandbox(prover, sandbox.as_str())
            .map_err(|error| WorkshopError::invalid("hospital", error.to_string()))?;
    }
    Ok(figures)
}

/// A team at its table: somebody for each role, named for it, and a facilitator.
fn seated(case: &Case) -> Vec<What> {
    let joined = |id: &str| What::Joined { who: id.to_owned(), name: id.to_owned() };
    let mut whats = vec![joined(FACILITATOR), What::Facilitates { who: FACILITATOR.to_owned() }];
    for role in &case.roles {
        whats.push(joined(&role.id));
        whats.push(What::Seated { who: role.id.clone(), role: Some(role.id.clone()) });
    }
    whats
}

/// What a step is for the people at the table, with the time that passes before it.
fn spelled_out<'a>(case: &'a Case, step: &'a Step) -> Vec<(&'a str, Act)> {
    let mut acts = Vec::new();
    if step.after_min > 0 {
        acts.push((FACILITATOR, Act::Pass { minutes: step.after_min }));
    }
    match step.by.as_str() {
        "*" => acts.extend(case.roles.iter().map(|role| (role.id.as_str(), step.act.clone()))),
        who => acts.push((who, step.act.clone())),
    }
    acts
}
