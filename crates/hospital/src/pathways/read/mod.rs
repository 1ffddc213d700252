//! From the text of pathway files to a library.
//!
//! Reading goes on after a mistake, so that an author hears of all of them at once. [`node`] gives every value its line;
//! [`table`] takes fields out of a table and names those that nobody asked for; the other files know one part of the
//! language each.

mod act;
mod codes;
mod entry;
mod files;
mod guard;
mod node;
mod state;
mod table;
mod values;

pub use files::read;
