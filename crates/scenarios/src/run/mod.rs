//! One drill of a scenario, decided step by step.
//!
//! [`Run::begin`] starts it, [`Run::give`] takes a command, [`Run::tick`] lets time pass to the next moment at which something
//! may happen, [`Run::next_us`]. Each answers with [`Event`]s; [`effects_of`] says what one does to the hospital. The
//! same scenario, seed, commands and readings make the same events: time, chance and hospital are arguments. From its events a drill
//! is [told anew](Run::retold) as it stood at any moment.

mod chance;
mod drive;
mod effects;
mod event;
mod give;
mod retold;
mod see;
mod state;
mod tick;

pub use drive::{World, advance};
pub use effects::{effects_of, said_of};
pub use event::{Event, What};
pub use give::{Given, Refusal, Taken};
pub use retold::care_at;
pub use see::{Offer, offers};
pub use state::{Busy, MINUTE_US, Reached, Readings, Run};
