//! What must hold of the teams that prove a case.

use std::collections::BTreeSet;

use scenarios::model::{Compare, Quantity, Term};
use scenarios::read::Problem;

use super::text::{CASE_FILE, problem};
use crate::measure::measure;
use crate::model::{Case, FACILITATOR, Kind, Moment};
use crate::run::Run;

/// Finds everything that does not fit together.
pub(super) fn check(case: &Case, problems: &mut Vec<Problem>) {
    let kinds: BTreeSet<Kind> = case.teams.iter().map(|team| team.kind).collect();
    if kinds.len() < 3 {
        let try_this = "put a good, a hoards and a hasty team into teams/";
        problems.push(problem(CASE_FILE, 1, "nobody knows whether the measures tell teams apart", try_this));
    }
    let mut known: BTreeSet<String> = measure(case, &Run::default()).figures().into_keys().collect();
    for moment in Moment::ALL {
        known.extend([format!("agreement-{}", moment.word()), format!("correct-{}", moment.word())]);
    }
    for team in &case.teams {
        let file = format!("teams/{}.toml", team.id);
        for term in &team.expects {
            let is_known = matches!(term, Term::Compare(Compare { of: Quantity::Reading(name), .. }) if known.contains(name));
            if !is_known {
                let names: Vec<&str> = known.iter().map(String::as_str).collect();
                let try_this = format!("compare one of {}", names.join(", "));
                problems.push(problem(&file, 1, &format!("'{term}' is no measure"), &try_this));
            }
        }
        if team.expects.is_empty() {
            problems.push(problem(&file, 1, "nothing is expected of it", "say what its measures must be"));
        }
        for step in &team.steps {
            if step.by != FACILITATOR && step.by != "*" && case.role(&step.by).is_none() {
                problems.push(problem(
                    &file,
                    1,
                    &format!("there is no role '{}'", step.by),
                    "name a role, facilitator or *",
                ));
            }
        }
    }
}
