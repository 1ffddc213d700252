//! Ten thousand records against national figures: the realism gate.
//!
//! [`cohort`] gathers what happened to ten thousand patients in three years, [`table`] holds the targets with their
//! sources, and the test here prints one against the other. A row may miss its target only if it is listed as known, with
//! the reason; and a row that is listed and does not miss is a mistake too, so that the list stays honest.
//!
//! `cargo test -p hospital realism -- --nocapture` prints the table.

mod cohort;
mod gate;
mod table;
