//! Process maps: how work really went, read out of what was recorded.
//!
//! An event says what was done for which case and when. The map holds the activities, which of them directly followed which and
//! after how long, where cases begin and end, which ways they took ([`Variant`]), and what was done twice. This is the
//! directly-follows graph of the field (van der Aalst 2022, *Process Mining Handbook*, chapter 2).

mod filter;
mod log;
mod map;

pub use log::Event;
pub use map::{Edge, Loop, Map, Node, Variant, mine};
