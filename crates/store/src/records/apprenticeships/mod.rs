//! Apprenticeships with their records, the sealed particulars of people, and the links by which somebody shows how far they are.

mod entries;
mod links;
mod list;
mod particulars;
#[cfg(test)]
mod tests;

pub use entries::RecordEntry;
pub use links::{ReadinessLink, ReadinessLook};
pub use list::Apprenticeship;
