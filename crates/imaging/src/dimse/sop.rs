//! The SOP classes this hospital serves (PS3.4, PS3.6 annex A).

use crate::query::Model;

/// "Are you there?"
pub const VERIFICATION: &str = "1.2.840.10008.1.1";
/// The list of what a device is to do.
pub const MODALITY_WORKLIST: &str = "1.2.840.10008.5.1.4.31";

const STORAGE_ROOT: &str = "1.2.840.10008.5.1.4.1.1.";
const PATIENT_ROOT_FIND: &str = "1.2.840.10008.5.1.4.1.2.1.1";
const PATIENT_ROOT_MOVE: &str = "1.2.840.10008.5.1.4.1.2.1.2";
const STUDY_ROOT_FIND: &str = "1.2.840.10008.5.1.4.1.2.2.1";
const STUDY_ROOT_MOVE: &str = "1.2.840.10008.5.1.4.1.2.2.2";

/// What a presentation context is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// C-ECHO.
    Verification,
    /// C-STORE.
    Storage,
    /// C-FIND.
    Find(Model),
    /// C-MOVE.
    Move(Model),
    /// C-FIND of the modality worklist.
    Worklist,
}

/// The service of an abstract syntax, if it is one of ours. Every storage class is: an archive that refuses new ones ages.
pub fn service(abstract_syntax: &str) -> Option<Service> {
    Some(match abstract_syntax {
        VERIFICATION => Service::Verification,
        MODALITY_WORKLIST => Service::Worklist,
        PATIENT_ROOT_FIND => Service::Find(Model::PatientRoot),
        STUDY_ROOT_FIND => Service::Find(Model::StudyRoot),
        PATIENT_ROOT_MOVE => Service::Move(Model::PatientRoot),
        STUDY_ROOT_MOVE => Service::Move(Model::StudyRoot),
        other if other.starts_with(STORAGE_ROOT) => Service::Storage,
        _ => return None,
    })
}
