//! Whole numbers: where the linear programme's answer has a part of a person, both ways to round are tried.

use super::simplex::{Dictionary, Ended};

/// What is nearly whole.
const NEARLY: f64 = 1e-6;
/// Branches that are looked at. Rosters need few: each shift covers hours in a row, and such programmes are nearly whole already.
const BRANCHES_MAX: usize = 20_000;

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whole {
    /// The cheapest.
    Best(Vec<u32>),
    /// There is none.
    Infeasible,
    /// It was not found within the branches allowed.
    Lost,
}

/// The cheapest whole numbers, depth first; a branch that cannot become cheaper than the best is left.
pub(super) fn whole(problem: Dictionary, variables: usize) -> Whole {
    let mut best: Option<(f64, Vec<u32>)> = None;
    let mut open = vec![problem];
    for _ in 0..BRANCHES_MAX {
        let Some(mut branch) = open.pop() else {
            return best.map_or(Whole::Infeasible, |(_, people)| Whole::Best(people));
        };
        match branch.solve() {
            Ended::Lost => return Whole::Lost,
            Ended::Infeasible => continue,
            Ended::Best => {}
        }
        if best.as_ref().is_some_and(|(cost, _)| branch.cost > cost - NEARLY) {
            continue;
        }
        let values: Vec<f64> = (0..variables).map(|variable| branch.value(variable)).collect();
        match most_broken(&values) {
            None => {
                let people = values.iter().map(|value| value.round() as u32).collect();
                best = Some((branch.cost, people));
            }
            Some(variable) => {
                let value = values[variable];
                let mut fewer = branch.clone();
                fewer.require(value.floor(), &[(variable, -1.0)]);
                branch.require(-value.ceil(), &[(variable, 1.0)]);
                // More people are tried first: they are feasible sooner, and give a bound.
                open.push(fewer);
                open.push(branch);
            }
        }
    }
    Whole::Lost
}

/// The variable furthest from a whole number, if one is.
fn most_broken(values: &[f64]) -> Option<usize> {
    let from_whole = |value: f64| (value - value.round()).abs();
    let broken = (0..values.len()).filter(|at| from_whole(values[*at]) > NEARLY);
    broken.max_by(|one, other| from_whole(values[*one]).total_cmp(&from_whole(values[*other])))
}
