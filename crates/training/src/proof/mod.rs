//! The proof of a lab: that it can be passed, and that it can be failed.
//!
//! Nine proofs, each a [`Proof`]. What needs no hospital is proven when content is loaded; the rest is played: [`plan`]
//! lists the plays for every variant, and [`prove`] makes them with a [`Player`] who has real sandboxes at hand. Every
//! disagreement is a [`Finding`] with the file and line to look at, and one never hides another.

mod broken;
mod finding;
mod plan;
mod player;
mod prove;
mod text;

pub use finding::{Finding, Proof};
pub use plan::{Play, plan};
pub use player::{Judged, Player, Started};
pub use prove::{Speed, prove};
