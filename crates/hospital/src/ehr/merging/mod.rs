//! Two charts of one person: made one, and told apart again.
//!
//! A merge moves what refers to the retired chart to the surviving one, reference by reference, and keeps a Provenance
//! that names each of them with its place. Unmerging reads that Provenance, so exactly what was moved goes back.

mod merge;
mod moved;
mod record;
#[cfg(test)]
mod tests;
mod unmerge;

pub use merge::{MergeFacts, MergePatients, Merged, merge_patients};
pub use record::is_merge;
pub use unmerge::{UnmergeFacts, UnmergePatients, Unmerged, unmerge_patients};
