//! What a workshop was worth, computed from its events.
//!
//! The team comes first: nothing here is about how much somebody talked, and what is about one role is what it surfaced and the loops it
//! closed. The numbers are of a hundred unless they say otherwise. What people saw and no record holds is [rated] by two of them.

mod agreement;
mod decided;
mod facts;
mod measures;
mod rated;
mod situation;

pub use agreement::{Agreement, Kappa, agreement, weighted_kappa};
pub use decided::{Choice, Decided};
pub use facts::{Facts, RoleFacts};
pub use measures::{HandOffs, Measures, Never, measure};
pub use rated::{Rated, RatedBehaviour, SettledAs, rated};
pub use situation::Situation;
