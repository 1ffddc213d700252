use store::StoreError;

/// Why a service gave no cards, or took no feedback. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// There is no such service.
    #[error("there is no service '{0}'; the services are listed one address above")]
    Unknown(String),
    /// The security desk has turned it off.
    #[error("the service '{0}' is turned off at present; the page Response says by whom")]
    Stopped(String),
    /// The request is not one of CDS Hooks 2.0, or not one for this service.
    #[error("{}", .0.join("; "))]
    Invalid(Vec<String>),
    /// The service lacks what it needs to judge.
    #[error("this hospital has no chart {patient}, so the service needs it prefetched: send {}", missing.join(", "))]
    Missing {
        /// The patient, as `Patient/ID`.
        patient: String,
        /// The prefetch keys it needs.
        missing: Vec<&'static str>,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
