//! The simulated hospital: seed, time and commands in, resources out.
//!
//! Everything here is pure. [`population`] makes the people and their histories, [`pathways`] says how
//! kinds of patients move through care, [`play`] moves them, [`clock`] keeps the hospital's own time,
//! [`ehr`] turns a clinical command into the resources to write, [`staff`] says who may give it,
//! [`build`] is what a hospital can order and is warned of, [`matching`] says whether two records are
//! of one person, and [`faults`] places the problems that labs are about. [`topology`] is the house
//! with its systems and interfaces, [`messages`] what those tell each other, and [`systems`] what each
//! believes and does with a message. No file, no network, no system clock, and no chance but the
//! keyed streams of [`random`].

mod base64;
pub mod build;
pub mod calendar;
pub mod clock;
pub mod codes;
pub mod ehr;
pub mod faults;
mod id;
pub mod matching;
pub mod messages;
mod meta;
pub mod pathways;
pub mod play;
pub mod population;
pub mod random;
pub mod staff;
pub mod systems;
pub mod topology;
mod writer;

pub use id::Id;
pub use writer::{Class, Decimal, Disposition};
