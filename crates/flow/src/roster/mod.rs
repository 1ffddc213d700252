//! Rosters: how many people each hour needs, and which shifts give them at least cost.
//!
//! [`needed`] turns arrivals into people: the work that is in progress in each hour ([`offered_load`]), and a margin that grows
//! with its square root. [`cheapest`] covers that by shifts, as a mixed-integer programme; a night shift goes on into the next day,
//! and Sunday's into Monday.

mod branch;
mod need;
mod shift;
mod simplex;
mod solve;

pub use need::{needed, offered_load};
pub use shift::{Pattern, Plan, Shift, weekly};
pub use solve::{Limits, cheapest};
