//! How a person stands to a patient: whether they treat them, work where they lie, broke the glass, or none of these.
//!
//! A journal names logins and a chart names practitioners. A [`Roster`] holds what links the two, with the spans in which
//! it held, so that [`Roster::relation`] tells the [`Relation`] at the moment of an entry and not at that of the search. The
//! law asks for no such list: it asks that access fits the work (45 CFR 164.502(b), 164.308(a)(4), read 2026-11-27).

mod relation;
mod roster;
#[cfg(test)]
mod tests;

pub use relation::Relation;
pub use roster::{Chart, Colleague, Roster, Tie, login_of};
