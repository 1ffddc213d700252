use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Case, Moment};
use crate::run::{MINUTE_US, Run};

/// What the roles held to be so at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Situation {
    /// Which.
    pub moment: Moment,
    /// How many roles answered.
    pub answered: usize,
    /// How far they agree: the share of the commonest answer to each question, on average, in percent.
    pub agreement: u32,
    /// How far they are right: the share of true answers, in percent.
    pub correct: u32,
    /// Minutes of the hospital from the beginning until four in five answers agree and are right; nothing, where they do not.
    pub shared_after_min: Option<i64>,
}

/// Four in five, of a hundred.
const SHARED: u32 = 80;

/// What the roles held to be so at each moment at which somebody was asked.
pub(super) fn situations(case: &Case, run: &Run) -> Vec<Situation> {
    Moment::ALL.into_iter().filter_map(|moment| situation(case, run, moment)).collect()
}

fn situation(case: &Case, run: &Run, moment: Moment) -> Option<Situation> {
    let by_role = run.play.answers.get(&moment)?;
    let (mut agreed, mut right, mut asked) = (0, 0, 0);
    for question in &case.questions {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for stood in by_role.values() {
            if let Some(answer) =
                stood.answers.get(&question.id).filter(|one| **one <= question.answers.len())
            {
                *counts.entry(*answer).or_default() += 1;
            }
        }
        // Who leaves a question open, or does not know, agrees with nobody.
        agreed += counts.values().max().copied().unwrap_or(0);
        right += counts.get(&question.truth[moment as usize]).copied().unwrap_or(0);
        asked += by_role.len();
    }
    let (agreement, correct) = (percent(agreed, asked), percent(right, asked));
    let last_us = by_role.values().map(|stood| stood.at_us).max();
    let shared = last_us.filter(|_| agreement >= SHARED && correct >= SHARED);
    let shared_after_min = shared.map(|last_us| (last_us - run.play.begun_us) / MINUTE_US);
    Some(Situation { moment, answered: by_role.len(), agreement, correct, shared_after_min })
}

/// A share in whole percent; 0 of nothing.
pub(super) fn percent(part: usize, whole: usize) -> u32 {
    if whole == 0 {
        return 0;
    }
    u32::try_from((part * 200 + whole) / (whole * 2)).unwrap_or(100)
}
