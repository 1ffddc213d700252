use ::views::{Row, RowError, View as Definition, ViewProblem};
use serde_json::Value;
use standards::fhir::outcome::{Issue, IssueCode, Severity};
use store::StoreError;
use store::sandbox::View;

use crate::exports::{About, Part};
use crate::fhir::{FhirError, Refusal};

/// Which resources of its type a view is run over, and how far.
pub(crate) struct Wanted<'a> {
    /// Whom they must be about.
    pub(crate) about: &'a About,
    /// Only those written at or after this moment, microseconds since 1970 UTC.
    pub(crate) since_us: Option<i64>,
    /// Rows that are enough.
    pub(crate) rows_max: usize,
    /// What `now()` means, in microseconds since 1970 UTC.
    pub(crate) now_us: i64,
}

/// Why a hospital could not be flattened.
#[derive(Debug)]
pub(crate) enum FlattenError {
    /// A resource does not go into the view.
    Row(RowError),
    /// Something else.
    Other(FhirError),
}

impl From<FlattenError> for FhirError {
    fn from(error: FlattenError) -> Self {
        match error {
            FlattenError::Row(error) => problems(&[of_row(error)]),
            FlattenError::Other(error) => error,
        }
    }
}

/// Hands over row after row. Whether there are more than were wanted.
///
/// # Errors
/// When a resource cannot be flattened, `add` refuses, or the store fails.
pub(crate) fn flatten(
    hospital: View<'_>,
    view: &Definition,
    wanted: &Wanted<'_>,
    add: &mut dyn FnMut(Row) -> Result<(), FhirError>,
) -> Result<bool, FlattenError> {
    let part = Part { kind: view.resource, since_us: wanted.since_us, filters: &[], about: wanted.about };
    let mut rows = 0;
    let done = part.each::<Stop>(hospital, &mut |body| {
        let resource: Value = serde_json::from_slice(body).map_err(|error| unreadable(&error))?;
        for row in
            view.rows(&resource, wanted.now_us).map_err(|error| Stop::Failed(FlattenError::Row(error)))?
        {
            if rows == wanted.rows_max {
                return Err(Stop::Enough);
            }
            rows += 1;
            add(row).map_err(|error| Stop::Failed(FlattenError::Other(error)))?;
        }
        Ok(())
    });
    match done {
        Ok(()) => Ok(false),
        Err(Stop::Enough) => Ok(true),
        Err(Stop::Failed(error)) => Err(error),
    }
}

/// Why going through the resources ended early.
enum Stop {
    Enough,
    Failed(FlattenError),
}

impl From<StoreError> for Stop {
    fn from(error: StoreError) -> Self {
        Self::Failed(FlattenError::Other(error.into()))
    }
}

fn unreadable(error: &serde_json::Error) -> Stop {
    tracing::error!(%error, "a stored resource is no JSON");
    let what = "a stored resource cannot be read; the server's log says why";
    Stop::Failed(FlattenError::Other(FhirError::new(Refusal::Internal, IssueCode::Exception, what)))
}

/// The mistake in the view that a resource brought to light.
pub(crate) fn of_row(error: RowError) -> ViewProblem {
    let RowError { resource, problem } = error;
    ViewProblem { reason: format!("{} ({resource})", problem.reason), ..problem }
}

/// The refusal of a view, an issue for each mistake with its place.
pub(crate) fn problems(problems: &[ViewProblem]) -> FhirError {
    let issue = |problem: &ViewProblem| {
        let at = if problem.at.is_empty() { String::new() } else { format!(".{}", problem.at) };
        Issue {
            severity: Severity::Error,
            code: IssueCode::Invalid,
            diagnostics: problem.to_string(),
            expression: Some(format!("ViewDefinition{at}")),
        }
    };
    FhirError { refusal: Refusal::Unprocessable, issues: problems.iter().map(issue).collect() }
}
