//! JSON Patch (RFC 6902) on the text of a resource.
//!
//! [`apply`] performs all operations of a patch or none. Only the objects and arrays on the way to what an operation
//! names are taken apart; everything else keeps its bytes, so a number written `1.10` stays `1.10`.

mod apply;
mod equal;
mod error;
mod operation;
mod pointer;
mod tree;

#[cfg(test)]
mod tests;

pub use apply::apply;
pub use error::{PatchError, Reason};
