//! What systems said to each other, as one can look at it: exchanges from the journal, taken apart, and drawn in their order.
//!
//! Nothing is kept for this. A journal entry names what it is about - a version of a resource, a message by its number, an
//! object by its UID - and what was said stands where it stands already, so that writing costs what it cost before. What was
//! never kept (a form with secrets) is described and not made up. The Bundle of a search is not kept either: it would hold the hospital
//! again at every look. The search is asked again, and the page says that this is what it finds now.

mod again;
mod decode;
mod diagram;
mod exchange;
mod journey;
mod list;
mod names;

pub use decode::{Decoded, Field, Segment};
pub use diagram::{Arrow, mermaid, svg};
pub use exchange::{Exchange, exchange};
pub use journey::{arrows, journey};
pub use list::{Asked, Page, Protocol, systems, traffic};
