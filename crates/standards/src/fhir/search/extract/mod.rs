//! Reads out of a resource what it is found by.
//!
//! Elements carry no type in JSON, so each kind of search recognises the shapes its values may have:
//! a token is read alike from a coding, an identifier or a boolean.

mod date;
mod element;
mod entries;
mod label;
mod member;
mod number;
mod reference;
mod string;
mod token;

pub use entries::extract;
use member::text;
