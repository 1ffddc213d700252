//! A house in motion: patients come, are treated and leave on the sandbox's clock.
//!
//! What happens is told by `hospital::play`: a function of the hospital's recipe and a seed, and of nothing a learner does. Each
//! happening that the chart has a form for becomes the command that a colleague would give ([`act`]), in one transaction with the
//! note of how far the play has come ([`Note`]). So a killed process goes on where it was: the same day is played again
//! up to there, and what was told is not told twice. A happening that the chart refuses, because a learner has moved the
//! patient meanwhile or lies somebody in the bed, is passed over.

mod act;
mod desk;
mod house;
mod note;

pub(crate) use house::Houses;
pub(super) use note::is_playing;
