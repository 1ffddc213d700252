//! Labs, checks and attempts: every decision about learning, as pure functions.
//!
//! A lab is a folder of files. [`content`] reads all of them at once into a catalogue and names every mistake with its
//! file and line; [`lab`] holds what a well-formed lab is made of. [`attempt`] decides what one learner meets: which
//! variant, which patients, what a hint costs, when the lab is finished. [`check`] says what must be looked up in the
//! hospital and judges what was found; it sees the hospital only as [`facts`], so a verdict can be repeated years later
//! from the evidence. [`script`] is how a solution, or a wrong answer, is played through public interfaces, and
//! [`proof`] uses it to show that a lab can be passed and can be failed. [`template`] writes a first lab to start from.
//! [`integrity`] says what a person should look at before work is taken for a learner's own.
//!
//! Nothing here reads a file, a clock, a socket or a random source: files, times, facts and keys are arguments.

pub mod attempt;
pub mod check;
pub mod content;
pub mod facts;
pub mod integrity;
pub mod lab;
pub mod problem;
pub mod proof;
pub mod script;
pub mod template;
pub mod text;
