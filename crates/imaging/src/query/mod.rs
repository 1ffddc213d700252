//! What a query asks for, and what of the archive answers it (PS3.4, C.2 and C.4.1).
//!
//! A query is an identifier: attributes with a value are keys, attributes without one are wanted back. [`matching`]
//! holds one data set against it, [`projection`] makes patients, studies and series out of objects, and [`Query`]
//! says which level is asked and whether the keys above it are there.

mod answer;
mod ask;
mod matching;
mod projection;
mod range;
mod wildcard;

pub use answer::answer;
pub use ask::{Level, Model, Query, QueryError};
pub use matching::matches;
pub use projection::project;

#[cfg(test)]
mod tests;
