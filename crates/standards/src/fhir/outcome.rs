//! Problems and their FHIR form, the OperationOutcome (FHIR R4, 2.28).
//!
//! An [`Issue`] is what every part of this crate reports; [`outcome`] prints a list of them as the
//! resource a FHIR client expects.

use serde_json::{Value, json};

/// How grave an issue is (value set `issue-severity`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The action cannot go on and nothing further was checked.
    Fatal,
    /// The content is wrong and was refused.
    Error,
    /// Suspicious, but accepted.
    Warning,
    /// For the reader's information only.
    Information,
}

impl Severity {
    /// The code used on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Fatal => "fatal",
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Information => "information",
        }
    }
}

/// The kind of an issue (value set `issue-type`), with all codes of R4.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum IssueCode {
    /// Content invalid against the specification.
    Invalid,
    /// A structural problem: wrong shape, unknown element, not JSON.
    Structure,
    /// A required element is missing.
    Required,
    /// An element or string has a wrong value.
    Value,
    /// A content rule failed.
    Invariant,
    /// Authentication or authorisation problem of no finer kind.
    Security,
    /// Sign-in is needed.
    Login,
    /// The user or system is not known here.
    Unknown,
    /// The session or token has expired.
    Expired,
    /// The caller lacks the right to do this.
    Forbidden,
    /// Some content was withheld.
    Suppressed,
    /// Processing failed of no finer kind.
    Processing,
    /// The interaction, operation, resource or profile is not supported.
    NotSupported,
    /// A duplicate record was found.
    Duplicate,
    /// More than one record matches where one is needed.
    MultipleMatches,
    /// The thing referred to does not exist.
    NotFound,
    /// The thing referred to was deleted.
    Deleted,
    /// The content or request is too large.
    TooLong,
    /// A code or system is not understood.
    CodeInvalid,
    /// An extension is not understood.
    Extension,
    /// The request is too expensive to serve.
    TooCostly,
    /// A business rule says no.
    BusinessRule,
    /// The edit conflicts with a newer version.
    Conflict,
    /// A transient failure; trying again may help.
    Transient,
    /// A lock could not be obtained.
    LockError,
    /// The persistent store is not available.
    NoStore,
    /// An unexpected failure inside the server.
    Exception,
    /// An external call took too long.
    Timeout,
    /// Not all of the results are there.
    Incomplete,
    /// The caller sends too much.
    Throttled,
    /// For the reader's information.
    Informational,
}

impl IssueCode {
    /// The code used on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            IssueCode::Invalid => "invalid",
            IssueCode::Structure => "structure",
            IssueCode::Required => "required",
            IssueCode::Value => "value",
            IssueCode::Invariant => "invariant",
            IssueCode::Security => "security",
            IssueCode::Login => "login",
            IssueCode::Unknown => "unknown",
            IssueCode::Expired => "expired",
            IssueCode::Forbidden => "forbidden",
            IssueCode::Suppressed => "suppressed",
            IssueCode::Processing => "processing",
            IssueCode::NotSupported => "not-supported",
            IssueCode::Duplicate => "duplicate",
            IssueCode::MultipleMatches => "multiple-matches",
            IssueCode::NotFound => "not-found",
            IssueCode::Deleted => "deleted",
            IssueCode::TooLong => "too-long",
            IssueCode::CodeInvalid => "code-invalid",
            IssueCode::Extension => "extension",
            IssueCode::TooCostly => "too-costly",
            IssueCode::BusinessRule => "business-rule",
            IssueCode::Conflict => "conflict",
            IssueCode::Transient => "transient",
            IssueCode::LockError => "lock-error",
            IssueCode::NoStore => "no-store",
            IssueCode::Exception => "exception",
            IssueCode::Timeout => "timeout",
            IssueCode::Incomplete => "incomplete",
            IssueCode::Throttled => "throttled",
            IssueCode::Informational => "informational",
        }
    }
}

/// One problem: how grave, of which kind, in words, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// How grave it is.
    pub severity: Severity,
    /// Of which kind it is.
    pub code: IssueCode,
    /// What is wrong and what to try, for a person.
    pub diagnostics: String,
    /// Where it is, as a simple FHIRPath such as `Patient.contact[0].name`, if it has a place.
    pub expression: Option<String>,
}

impl Issue {
    /// An error without a place.
    pub fn error(code: IssueCode, diagnostics: impl Into<String>) -> Issue {
        Issue { severity: Severity::Error, code, diagnostics: diagnostics.into(), expression: None }
    }

    /// The same issue, at a place given as a simple FHIRPath.
    pub fn at(self, expression: impl Into<String>) -> Issue {
        Issue { expression: Some(expression.into()), ..self }
    }

    /// True for fatal and error: the content was not accepted.
    pub fn is_error(&self) -> bool {
        self.severity <= Severity::Error
    }
}

/// An OperationOutcome with these issues; "all OK" when there are none, since R4 wants at least one.
pub fn outcome(issues: &[Issue]) -> Value {
    let entries: Vec<Value> = if issues.is_empty() {
        vec![json!({"severity": "information", "code": "informational", "diagnostics": "All OK"})]
    } else {
        issues.iter().map(entry).collect()
    };
    json!({"resourceType": "OperationOutcome", "issue": entries})
}

fn entry(issue: &Issue) -> Value {
    let mut entry = json!({
        "severity": issue.severity.as_str(),
        "code": issue.code.as_str(),
        "diagnostics": issue.diagnostics,
    });
    if let Some(expression) = &issue.expression {
        entry["expression"] = json!([expression]);
    }
    entry
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcome_names_place_and_kind() {
        let issue = Issue::error(IssueCode::Required, "name is missing").at("Patient.name");
        assert!(issue.is_error());
        assert_eq!(
            outcome(&[issue]),
            json!({"resourceType": "OperationOutcome", "issue": [{
                "severity": "error", "code": "required", "diagnostics": "name is missing",
                "expression": ["Patient.name"]}]})
        );
    }

    #[test]
    fn outcome_is_never_empty() {
        assert_eq!(outcome(&[])["issue"][0]["severity"], "information");
    }
}
