//! SMART scopes (SMART App Launch 2.2, section 3): what a token may do, as sets that can be compared.
//!
//! A [`Scope`] is one word of a scope string; [`Scopes`] is what they amount to together. `.r` and `.s` beside each other
//! are `.rs`; the old `.read` is `.rs` too. So nobody compares text: one asks whether a set [contains](Scopes::contains)
//! another, [meets](Scopes::meet) it, or [allows](Scopes::allows) an interaction, and under which conditions.

mod allow;
mod bounds;
mod explain;
mod filter;
mod permissions;
mod read;
mod resource;
mod set;
#[cfg(test)]
mod tests;

pub use allow::{Allowance, Reach, Rule};
pub use bounds::Bounds;
pub use filter::{Condition, Filter, Token};
pub use permissions::Permissions;
pub use resource::{Level, ResourceScope};
pub use set::{Scope, Scopes};
