//! One workshop of a case, decided act by act.
//!
//! [`decide`] says what becomes of an [`Act`]: numbered-to-be [`What`]s, and what the drill beneath is told, or a [`Refusal`] that changes
//! nothing. [`Run::apply`] folds events, so that a [`Run`] is a function of the case and its events and of nothing else. A step back
//! is an event too: what came after is set aside by it and stays on record.

mod act;
mod apply;
mod console;
mod decide;
mod event;
mod rate;
mod raters;
mod refusal;
mod state;
mod talk;
mod words;
mod work;

pub use act::{Act, Mark, Sbar};
pub use decide::{Asked, Decided, ToWorld, decide};
pub use event::{Event, What};
pub(crate) use raters::FAR;
pub use raters::{Raters, Settled};
pub use refusal::Refusal;
pub use state::{
    Ballot, Came, HandedOff, HotWash, Improvement, LogEntry, Member, Message, Note, Play, Run, Shared, Stood,
};
pub use words::MINUTE_US;
