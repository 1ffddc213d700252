//! What a scenario is made of, as its file says it.

mod effect;
mod place;
mod scenario;
mod term;

pub use effect::Effect;
pub use place::Place;
pub use scenario::{
    Cite, Command, Grows, Inject, Meter, Milestones, Minutes, Never, Objective, Outcome, Role, Scenario,
    Script, Step,
};
pub use term::{Compare, Op, Quantity, Term, all_hold};
