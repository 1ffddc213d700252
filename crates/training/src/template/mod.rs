//! The lab that `practicum lab new` writes: small, whole, and it verifies.
//!
//! It stands here as real files, so that what an author starts from is held to the same proof as every other lab.

mod files;

pub use files::{InvalidSlug, files};
