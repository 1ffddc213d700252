//! What has to be played.

use crate::lab::{Lab, Variant};
use crate::script::Script;

/// One play of a lab.
#[derive(Debug, Clone)]
pub enum Play<'a> {
    /// Nothing is done; also where state, time, seeds, text and reset are looked at.
    Untouched,
    /// A solution.
    Solution(&'a Script),
    /// A wrong answer.
    Wrong(&'a Script),
}

/// All plays of a variant, in order.
#[must_use]
pub fn plan<'a>(lab: &'a Lab, variant: &Variant) -> Vec<Play<'a>> {
    let meant = |script: &&Script| script.plays_in(&variant.id);
    let solutions = lab.solutions.iter().filter(meant).map(Play::Solution);
    let wrongs = lab.wrongs.iter().filter(meant).map(Play::Wrong);
    std::iter::once(Play::Untouched).chain(solutions).chain(wrongs).collect()
}
