//! Four validators that agree on blocks, to be watched: who said what to whom, when it came, and what they made of it.
//!
//! A run follows from its seed and from how each validator behaves, so nothing of it is kept. Where the seed draws who lies,
//! the answer does not say who: that is for whoever reads the votes to find, and to prove with two signatures.

mod evidence;
mod play;
mod wanted;

pub use evidence::{Evidence, EvidenceError, Proven, Signed, prove};
pub use play::{Begun, Decided, Played, Said, To, Validator, play};
pub use wanted::Wanted;
