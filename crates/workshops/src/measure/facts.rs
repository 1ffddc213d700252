use schemars::JsonSchema;
use serde::Serialize;

use super::situation::percent;
use crate::model::{Case, Fact, Role};
use crate::run::{MINUTE_US, Run};

/// What became of the facts on which decisions hang and that one role alone knew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Facts {
    /// How many there were.
    pub critical: usize,
    /// How many came on the table, in percent.
    pub on_table: u32,
    /// How many reached a decision, in percent.
    pub reached: u32,
    /// Of those, how long it took from the first moment of play, in minutes of the hospital: the median.
    pub delay_min: Option<i64>,
    /// The same by role.
    pub roles: Vec<RoleFacts>,
}

/// The same for one role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RoleFacts {
    /// Which.
    pub role: String,
    /// How many critical facts it knew alone.
    pub critical: usize,
    /// How many of them came on the table.
    pub on_table: usize,
    /// How many of them reached a decision.
    pub reached: usize,
    /// Those that reached none, in words.
    pub kept: Vec<String>,
}

/// What became of every critical fact that has come by now.
pub(super) fn facts(case: &Case, run: &Run) -> Facts {
    let roles: Vec<RoleFacts> = case.roles.iter().map(|role| of_role(case, run, role)).collect();
    let sum = |count: fn(&RoleFacts) -> usize| roles.iter().map(count).sum::<usize>();
    let critical = sum(|one| one.critical);
    let all = case.roles.iter().flat_map(|role| critical_facts(case, run, role));
    let mut delays: Vec<i64> = all.filter_map(|fact| reached_us(run, fact)).collect();
    delays.sort_unstable();
    let median_us = delays.get(delays.len() / 2).copied();
    Facts {
        critical,
        on_table: percent(sum(|one| one.on_table), critical),
        reached: percent(sum(|one| one.reached), critical),
        delay_min: median_us.map(|at_us| (at_us - run.play.begun_us) / MINUTE_US),
        roles,
    }
}

fn of_role(case: &Case, run: &Run, role: &Role) -> RoleFacts {
    let critical: Vec<&Fact> = critical_facts(case, run, role).collect();
    let kept = critical.iter().filter(|fact| reached_us(run, fact).is_none());
    RoleFacts {
        role: role.title.clone(),
        critical: critical.len(),
        on_table: critical.iter().filter(|fact| run.play.on_table(&fact.id)).count(),
        reached: critical.iter().filter(|fact| reached_us(run, fact).is_some()).count(),
        kept: kept.map(|fact| fact.says.clone()).collect(),
    }
}

fn critical_facts<'a>(case: &'a Case, run: &'a Run, role: &'a Role) -> impl Iterator<Item = &'a Fact> {
    role.facts.iter().filter(|fact| fact.critical && run.play.has_come(case, fact))
}

/// When a fact first stood as evidence in the log.
fn reached_us(run: &Run, fact: &Fact) -> Option<i64> {
    run.play.log.iter().find(|entry| entry.evidence.contains(&fact.id)).map(|entry| entry.at_us)
}
