//! A drill that is over, as it stood at any moment of it.
//!
//! Nothing was kept for this: the drill is told anew from its events, and its hospital from the journal: which systems
//! [failed](interfaces) and which interfaces were closed by then, where each [message](messages) was and
//! when it really [came](arrivals), and which records could
//! [not be read](locked).

mod arrivals;
mod interfaces;
mod locked;
mod messages;
mod replay;
mod wires;

pub use replay::Replay;
