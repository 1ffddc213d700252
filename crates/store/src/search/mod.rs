//! FHIR search over a sandbox: the image's matches that the sandbox has not changed, and the sandbox's own.
//!
//! The most selective criterion drives: its index rows list candidates in `rid` order, and every other criterion is a
//! point look-up on a candidate. The planner is left no choice, so a search costs the same in every sandbox. The two
//! files are asked apart and merged here. Pages continue after the last hit's sort keys and `rid`, so what others
//! write meanwhile neither repeats nor skips a resource that stays as it was.
//!
//! A search sorted by a date alone walks the dates in their order where that is shorter than sorting all that matches.
//!
//! What a search says about linked resources is looked up first, from the far end: a chain becomes the set of resources it
//! may lead to, `_has` the set of those referred to. Such sets go to SQLite as one value each. Where a set grows large, a
//! page asks each candidate instead; how many match in all is still counted from the far end, for an image only once.
//!
//! What a match means is said in [`standards::fhir::search`]; a property test holds the two to each other.

mod clause;
mod compare;
mod criterion;
mod cursor;
mod follow;
mod order;
mod resolve;
mod run;
mod select;
mod test;
mod walk;

pub use run::Found;
