//! One patient's record while a pathway writes it.
//!
//! A [`Chart`] gives a pathway its own chance and its own ids, and turns what the pathway
//! says happened (a [`Visit`], a result, an order) into resources at once. Two pathways on
//! the same patient never draw from the same stream.

mod care;
mod measure;
mod record;
mod visit;

pub(crate) use measure::Signs;
pub(crate) use record::Chart;
pub(crate) use visit::{Stay, Visit};
