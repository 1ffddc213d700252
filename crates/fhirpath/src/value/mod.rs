//! What an expression works on: plain values, and places in a resource with the type that FHIR gives them.

mod calendar;
mod item;
mod member;
mod moment;
mod node;
mod plain;
mod quantity;
mod typed;
mod types;
mod unit;

pub(crate) use item::{Collection, Item};
pub(crate) use member::Named;
pub(crate) use moment::{Moment, MomentKind};
pub(crate) use node::{Node, NodeKind};
pub(crate) use plain::Plain;
pub(crate) use quantity::{Quantity, is_calendar_word};
pub(crate) use rust_decimal::Decimal;
pub(crate) use typed::has_type;
pub(crate) use types::{Exactness, exists, is_complex};
