use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::measure::{Rated, rated};
use crate::model::{Behaviour, Case};
use crate::run::{FAR, Mark, Run};

/// How the rating of a team stands, for somebody who rates it or facilitates.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct RatingSeen {
    /// The two who rate; nobody, until the second was named.
    pub raters: Vec<RaterSeen>,
    /// Whether the viewer is one of them.
    pub is_rater: bool,
    /// Whether the viewer may hand in now, for the first time or anew.
    pub may_rate: bool,
    /// What is looked for.
    pub behaviours: Vec<Behaviour>,
    /// What the viewer handed in, by behaviour.
    pub mine: BTreeMap<String, Mark>,
    /// Both, beside each other, once both are in.
    pub rated: Option<Rated>,
    /// Behaviours of which the viewer may propose what far marks come to.
    pub to_settle: Vec<String>,
    /// Behaviours of which the other has proposed it, so that the viewer may agree.
    pub to_agree: Vec<String>,
}

/// One of the two who rate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RaterSeen {
    /// What they are called.
    pub name: String,
    /// Whether it is the viewer.
    pub is_me: bool,
    /// Whether they have handed in.
    pub is_in: bool,
}

/// How the rating stands for somebody; nothing for everybody but those who rate and whoever facilitates. What the other handed in is not
/// in it before both have.
#[must_use]
pub fn rating(case: &Case, run: &Run, who: &str) -> Option<RatingSeen> {
    let is_rater = run.raters.has(who);
    if !is_rater && !run.facilitates(who) {
        return None;
    }
    let seen = |rater: &String| RaterSeen {
        name: run.members.get(rater).map_or_else(|| rater.clone(), |member| member.name.clone()),
        is_me: rater == who,
        is_in: run.raters.is_in(rater),
    };
    let (over, both) = (run.play.ended_us.is_some(), run.raters.both().is_some());
    let is_open = |behaviour: &&Behaviour| {
        let settled = run.raters.settled.get(&behaviour.id).is_some_and(|settled| settled.agreed);
        is_rater && !settled && run.raters.apart(&behaviour.id).is_some_and(|apart| apart >= FAR)
    };
    let open = case.rubric.behaviours.iter().filter(is_open).map(|behaviour| behaviour.id.clone());
    let by_other = |id: &String| run.raters.settled.get(id).is_some_and(|settled| settled.by != who);
    Some(RatingSeen {
        to_agree: open.clone().filter(by_other).collect(),
        to_settle: open.collect(),
        raters: run.raters.pair.iter().flatten().map(seen).collect(),
        is_rater,
        may_rate: is_rater && over && !both && run.role_of(who).is_none(),
        behaviours: case.rubric.behaviours.clone(),
        mine: run.raters.sheets.get(who).cloned().unwrap_or_default(),
        rated: rated(case, run),
    })
}
