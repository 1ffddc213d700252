//! What a case is made of, as its files say it.

mod case;
mod choice;
mod phase;
mod role;
mod rubric;
mod team;
mod world;

pub use case::{Case, Objective};
pub use choice::{DO_NOT_KNOW, Decision, HandOff, Key, Opt, Question};
pub use phase::{Moment, Phase, PhaseKind};
pub use role::{Discipline, Fact, Role};
pub use rubric::{Behaviour, LEVELS, Rubric};
pub use team::{Kind, Step, Team};
pub use world::{FACILITATOR, decided_command, phase_command, phase_flag};
