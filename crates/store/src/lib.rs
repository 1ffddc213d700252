//! Images, sandboxes, the journal, and the platform's own records.
//!
//! The only crate that knows a database. An *image* is a hospital's immutable starting state in one SQLite file;
//! a *sandbox* is a second, small file of changes laid over it, with the journal of everything that happened there.
//! Both files have the same tables, so a read is overlay-then-image and a search is the image's rows minus those the
//! overlay shadows, plus the overlay's own.
//!
//! Callers see resources as bytes and index entries, never SQL.

mod error;
pub mod image;
pub mod instances;
pub mod journal;
pub mod records;
pub mod sandbox;
pub mod search;
mod sqlite;

pub use error::StoreError;
