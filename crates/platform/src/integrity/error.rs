use store::StoreError;

use crate::compliance::ComplianceError;
use crate::desk::DeskError;
use crate::programme::ProgrammeError;

/// Why signs cannot be told, or a decision not kept.
#[derive(Debug, thiserror::Error)]
pub enum IntegrityError {
    /// From the programme.
    #[error(transparent)]
    Programme(#[from] ProgrammeError),
    /// From the security desk of a learner's hospital.
    #[error(transparent)]
    Desk(#[from] DeskError),
    /// From the compliance office of a learner's hospital.
    #[error(transparent)]
    Compliance(#[from] ComplianceError),
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
}
