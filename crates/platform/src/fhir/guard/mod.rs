//! How far an app's token reaches (SMART App Launch 2.2, section 3), held at every place where a record goes in or out.
//!
//! A token is let in by [`admit`], which looks at the interaction and the type alone. Then a search is [narrowed](narrow), so
//! that pages, totals and links are those of a smaller hospital; what comes some other way - a read, a version, an include, a
//! resolved reference - is shown only if it is [seen]; and what is written must be in reach [before and after](written).
//! Whoever has no token of an app, such as the learner, is not bounded, and none of this costs them anything.

mod admit;
mod links;
mod narrow;
mod rules;
mod seen;
mod written;

pub(super) use admit::admit;
pub(super) use links::{links_in_reach, only_whole};
pub(super) use narrow::{narrow, narrow_each};
pub(super) use seen::{in_sight, owner_in_sight, seen};
pub(crate) use seen::{kind_in_whole, kinds_in_whole};
pub(super) use written::{before, written};
