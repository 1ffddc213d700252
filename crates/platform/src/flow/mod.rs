//! How patients flow: the emergency department of a hospital, who works in it, and how work really went.
//!
//! The [department](department) is what is shipped, sized by who comes: measured in the hospital's own stays, or said by a lab. A
//! [plan](plan) is a roster that the sandbox keeps; [playing](play) it beside today's roster says what it would do, and a
//! lab plays it on [days that nobody has seen](hidden). The [process map](map) is read out of the journal.

mod demand;
mod department;
mod error;
mod hidden;
mod map;
mod placed;
mod plan;
mod play;
mod shipped;

pub use ::flow::mining::{Edge, Map, Node, Variant};
pub use ::flow::roster::Pattern;
pub use ::flow::simulate::Estimate;
pub use ::flow::{DAYS, hour_name};
pub use demand::{Demand, Origin};
pub use department::Emergency;
pub use error::FlowTrouble;
pub(crate) use hidden::hidden;
pub use map::About;
pub(crate) use placed::place;
pub use plan::{Overview, Rota, Wish};
pub use play::{Figure, Played};
