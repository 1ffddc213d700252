//! Drills as values.
//!
//! A [scenario](model) is a file: injects on a timeline, commands that people of a role may give, conditions that must never
//! come true, objectives, and meters of what it costs in care. A [run](run) is one drill of it: a function of the scenario, a
//! seed, the commands and what was read from the hospital, and of nothing else. It decides events; whoever owns the
//! hospital carries out their [effects](model::Effect) and reads its [readings](run::Readings) for the next step. The
//! [record](record) of a drill, its score and its after-action report, is made of the events alone.
//!
//! The [network](network) is what the systems run on: rooms, racks, switches, machines, cables, power and cooling, as a file, and how
//! all of it stands.

pub mod model;
pub mod network;
pub mod read;
pub mod record;
pub mod run;
