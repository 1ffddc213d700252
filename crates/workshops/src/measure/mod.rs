//! What a workshop was worth, computed from its events.
//!
//! The team comes first: nothing here is about how much somebody talked, and what is about one role is what it surfaced and the loops it
//! closed. The numbers are of a hundred unless they say otherwise.

mod decided;
mod facts;
mod measures;
mod situation;

pub use decided::{Choice, Decided};
pub use facts::{Facts, RoleFacts};
pub use measures::{HandOffs, Measures, Never, measure};
pub use situation::Situation;
