use hospital::staff::Denied;
use standards::fhir::outcome::{Issue, IssueCode, Severity};
use store::StoreError;

/// Why an interaction was refused; each face says it in its own protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The request cannot be understood.
    Malformed,
    /// The resource or resource type does not exist.
    NotFound,
    /// The resource was deleted.
    Gone,
    /// The request contradicts the stored state.
    Conflict,
    /// The version named in If-Match is not the current one.
    VersionMismatch,
    /// A condition that must select one resource selects several.
    Ambiguous,
    /// The content breaks the rules of its type.
    Unprocessable,
    /// The interaction is not offered here.
    NotSupported,
    /// The role worked as may not do this.
    Forbidden,
    /// The chart is restricted: it opens to whoever gives a reason.
    Restricted,
    /// Too much is going on; later it may be done.
    Busy,
    /// The server failed; nothing was changed.
    Internal,
}

impl Refusal {
    /// The refusal as one word for the journal.
    pub fn word(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::NotFound => "not-found",
            Self::Gone => "gone",
            Self::Conflict => "conflict",
            Self::VersionMismatch => "version-mismatch",
            Self::Ambiguous => "ambiguous",
            Self::Unprocessable => "unprocessable",
            Self::NotSupported => "not-supported",
            Self::Forbidden => "forbidden",
            Self::Restricted => "restricted",
            Self::Busy => "busy",
            Self::Internal => "internal",
        }
    }
}

/// A refused interaction, with everything its author needs to mend it. The state is as it was.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{}: {}", refusal.word(), issues.iter().map(|issue| issue.diagnostics.as_str()).collect::<Vec<_>>().join("; "))]
pub struct FhirError {
    /// The kind of refusal.
    pub refusal: Refusal,
    /// What is wrong, where, and what to try: at least one.
    pub issues: Vec<Issue>,
}

impl FhirError {
    /// A refusal for one reason.
    pub fn new(refusal: Refusal, code: IssueCode, diagnostics: impl Into<String>) -> Self {
        let issue =
            Issue { severity: Severity::Error, code, diagnostics: diagnostics.into(), expression: None };
        Self { refusal, issues: vec![issue] }
    }

    /// A resource that was never there.
    pub(crate) fn not_found(kind: &str, id: &str) -> Self {
        Self::new(
            Refusal::NotFound,
            IssueCode::NotFound,
            format!("{kind}/{id} does not exist in this hospital"),
        )
    }

    /// A resource type that R4 does not have.
    pub(super) fn unknown_type(kind: &str) -> Self {
        let what =
            format!("'{kind}' is not a FHIR R4 resource type; types are written like 'Patient', case counts");
        Self::new(Refusal::NotFound, IssueCode::NotSupported, what)
    }

    /// Puts the place inside a bundle before each issue's own place.
    pub(super) fn within(mut self, entry: usize) -> Self {
        for issue in &mut self.issues {
            let inner = issue.expression.take().map(|path| format!(": {path}")).unwrap_or_default();
            issue.expression = Some(format!("Bundle.entry[{entry}]"));
            issue.diagnostics = format!("entry {entry}{inner}: {}", issue.diagnostics);
        }
        self
    }
}

impl From<Denied> for FhirError {
    fn from(denied: Denied) -> Self {
        Self::new(Refusal::Forbidden, IssueCode::Forbidden, denied.to_string())
    }
}

impl From<StoreError> for FhirError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NotFound { .. } => {
                Self::new(Refusal::NotFound, IssueCode::NotFound, error.to_string())
            }
            StoreError::Conflict { .. } => {
                Self::new(Refusal::Conflict, IssueCode::Conflict, error.to_string())
            }
            other => {
                tracing::error!(error = %other, "a FHIR interaction failed in the store");
                let what = "the server failed and changed nothing; its log says why".to_owned();
                Self::new(Refusal::Internal, IssueCode::Exception, what)
            }
        }
    }
}
