//! Medicines at the bedside, and at both ends of a stay.

mod administer;
mod reconcile;
#[cfg(test)]
mod tests;

pub use administer::{
    AdministerFacts, AdministerMedication, DUE_EXTENSION, OUTCOMES, UNVERIFIED_EXTENSION, UNVERIFIED_REASONS,
    administer_medication, due_of,
};
pub use reconcile::{
    DECISIONS, OCCASIONS, ReconcileFacts, ReconcileMedications, Reconciled, reconcile_medications,
};
