//! JavaScript in channels: QuickJS without files, network, clock or chance.
//!
//! A thread keeps the engines of the last channels it ran, with their scripts compiled ([`cache`]); each channel has an
//! engine of its own, so that no script sees another channel's. `prelude.js` makes the objects that scripts know from
//! Mirth (`msg`, `channelMap`, `logger`) out of the few functions of [`host`]. Work is counted, not timed: an endless
//! script stops at the same step on every machine.

mod cache;
mod engine;
mod fault;
mod host;
mod run;

pub(crate) use run::{Returned, check, run};
