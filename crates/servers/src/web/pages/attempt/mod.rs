//! A lab being worked on: the brief, the steps with their checks, hints, questions, and starting over.
//!
//! This is the left side of the workspace; the right side is the hospital itself, see [`hospital`](super::hospital).
//! [`drawn`] turns an attempt into the cells that change; [`side`] draws them into the page and [`events`] sends them
//! again whenever a verdict falls, so that both always say the same. Forms here carry on without loading the page again
//! where scripts run: what someone has typed into the FHIR console beside them must not be lost. [`replay`] plays an attempt back afterwards.

mod act;
mod acts;
mod drawn;
mod events;
mod help;
mod quiet;
mod replay;
mod side;

pub(super) use act::{answer, check, hint, reset, undo};
pub(super) use drawn::Drawn;
pub(super) use events::events;
pub(super) use quiet::{quiet_form, quietly};
pub(super) use replay::replay;
pub(super) use side::{Side, side};
