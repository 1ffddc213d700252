//! A class list as schools exchange it: OneRoster 1.1 and 1.2 as CSV files (1EdTech, OneRoster CSV Binding 1.2.1; headings compared on 2026-11-26).
//!
//! [`read`] takes what a programme needs: organisations, people with their part, classes with the days of their terms, and who is in which class. Where 1.1 has
//! the role in `users.csv`, 1.2 has `roles.csv`; both are read. Passwords, telephone numbers and `demographics.csv` are never looked at. A row
//! marked `tobedeleted` takes somebody out of a class and never deletes a person. [`write()`] gives the same files out.

mod model;
mod parse;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use model::{Class, Enrolment, LeftOut, Organisation, Part, Person, Roster};
pub use read::read;
pub use write::{Version, write};
