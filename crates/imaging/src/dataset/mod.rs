//! Data sets and files: read within bounds, written, wrapped.
//!
//! Bytes from outside are first *walked*: every length must fit into what is there, nesting and number of elements are
//! limited, and where the pixel data stands is noted. Only then does the library read what comes before the pixel data.
//! So a length of four gigabytes costs nothing, and an object of any size is indexed by its first few kilobytes.

mod error;
mod file;
mod syntax;
mod text;
mod values;
mod walk;

pub use error::DatasetError;
pub(crate) use file::implementation;
pub use file::{File, Meta, split, wrap};
pub use syntax::{EXPLICIT_LE, IMPLICIT_LE, STORAGE_SYNTAXES, is_encapsulated, is_known, syntax_name};
pub use text::{from_json, read, recode, to_json, write};
pub use values::{Dataset, first, number, numbers, of_texts, text, texts};
pub use walk::{Layout, Pixels, walk};

#[cfg(test)]
mod tests;
