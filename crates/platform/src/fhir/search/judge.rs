//! Whether a search may be run, and what is to be said about it.

use standards::fhir::outcome::{Issue, IssueCode, Severity};
use standards::fhir::search::query::{Condition, Match, Problem, ProblemKind, Query};

use crate::fhir::error::{FhirError, Refusal};

/// Values that the criteria of a search may have in all; a reference by its bare id counts once for each type it may mean.
const VALUES_MAX: usize = 4000;
/// Codes that value sets and hierarchies may bring into a search.
const CODES_MAX: usize = 50_000;
/// References that `_include` and `_revinclude` may follow, counting each that a `*` stands for.
const INCLUDES_MAX: usize = 500;
/// Links that chains and `_has` may follow, counting each type that they may lead to and each that is searched: enough for
/// one link to or from every type.
const LINKS_MAX: usize = 160;

/// Refuses what is malformed or asks too much, and under strict handling what is unknown; otherwise says what was left
/// out.
pub(super) fn judge(queries: &[Query], problems: &[Problem], strict: bool) -> Result<Vec<Issue>, FhirError> {
    let refused = problems.iter().any(|problem| strict || problem.kind != ProblemKind::Unknown);
    let severity = if refused { Severity::Error } else { Severity::Warning };
    let issues: Vec<Issue> = problems
        .iter()
        .map(|problem| Issue {
            severity,
            code: match problem.kind {
                ProblemKind::Invalid => IssueCode::Value,
                ProblemKind::Unknown => IssueCode::NotSupported,
                ProblemKind::TooCostly => IssueCode::TooCostly,
            },
            diagnostics: format!("parameter '{}': {}", problem.parameter, problem.reason),
            expression: None,
        })
        .collect();
    if refused {
        return Err(FhirError { refusal: Refusal::Malformed, issues });
    }
    queries.iter().try_for_each(affordable)?;
    let links: usize = queries.iter().flat_map(|query| &query.criteria).map(Condition::links).sum();
    if links > LINKS_MAX {
        return Err(too_costly(&format!(
            "follows more than {LINKS_MAX} links; name the types that chains lead to"
        )));
    }
    Ok(issues)
}

fn affordable(query: &Query) -> Result<(), FhirError> {
    let weight = |wanted: &Match| match wanted {
        Match::Reference { targets } => targets.len(),
        Match::Codes { .. } => 0,
        _ => 1,
    };
    let codes = |wanted: &Match| match wanted {
        Match::Codes { codes } => codes.len(),
        _ => 0,
    };
    let sum = |of: &dyn Fn(&Match) -> usize| -> usize {
        query.criteria.iter().flat_map(Condition::criteria).flat_map(|criterion| &criterion.any).map(of).sum()
    };
    let includes = query.include.len() + query.revinclude.len();
    for (found, most, what) in [
        (sum(&weight), VALUES_MAX, "looks for more than {} values; ask in several parts"),
        (sum(&codes), CODES_MAX, "looks for more than {} codes of value sets; name a smaller one"),
        (
            includes,
            INCLUDES_MAX,
            "follows more than {} references; name those that _include and _revinclude should",
        ),
    ] {
        if found > most {
            return Err(too_costly(&what.replace("{}", &most.to_string())));
        }
    }
    Ok(())
}

fn too_costly(what: &str) -> FhirError {
    FhirError::new(Refusal::Malformed, IssueCode::TooCostly, format!("this search {what}"))
}
