use identity::scope::{Allowance, Filter, Permissions, Reach, Rule};
use standards::fhir::outcome::IssueCode;
use standards::fhir::search::query::{Condition, Match, parse};
use standards::fhir::search::{Parameters, SearchKind, compartment};
use standards::fhir::terminology::Terminology;

use crate::fhir::context::Context;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::search::parse_context;

/// Types that say nothing about any patient: whoever may read them for one patient reads them all.
const ABOUT_NOBODY: [&str; 10] = [
    "CodeSystem",
    "Endpoint",
    "HealthcareService",
    "Location",
    "Medication",
    "Organization",
    "Practitioner",
    "PractitionerRole",
    "Questionnaire",
    "ValueSet",
];

/// What of a type is open.
pub(super) enum Open {
    /// Nothing.
    Nothing,
    /// All of it.
    Everything,
    /// What meets this.
    Where(Condition),
}

/// What of a type is open for these permissions.
pub(super) fn open(context: &Context<'_>, reach: &Reach, kind: &str, permissions: Permissions) -> Open {
    let rules = match reach.allows(kind, permissions) {
        Allowance::Nothing => return Open::Nothing,
        Allowance::Everything => return Open::Everything,
        Allowance::Some(rules) => rules,
    };
    let looks_only = (Permissions::READ | Permissions::SEARCH).contains(permissions);
    let is_whole = |rule: &Rule<'_>| {
        rule.filter.is_empty() && rule.patient.is_some() && looks_only && ABOUT_NOBODY.contains(&kind)
    };
    if rules.iter().any(is_whole) {
        return Open::Everything;
    }
    let ways: Vec<Condition> = rules.iter().filter_map(|rule| condition(context, kind, rule)).collect();
    if ways.is_empty() { Open::Nothing } else { Open::Where(Condition::Any(ways)) }
}

/// What a rule asks of a resource; `None` for a rule that nothing can meet: of a type outside every patient's compartment,
/// or with a parameter that the type does not have as a token.
fn condition(context: &Context<'_>, kind: &str, rule: &Rule<'_>) -> Option<Condition> {
    let mut all = filter_conditions(context, kind, rule.filter)?;
    if let Some(patient) = rule.patient {
        match compartment::condition(["Patient", patient], kind, context.base_url) {
            // A patient's compartment holds other patients that are linked with them; a token is for one.
            Some(Condition::Any(ways)) if kind == "Patient" => {
                let itself = |way: &Condition| {
                    let criterion = way.as_value();
                    criterion.is_some_and(|own| own.any.iter().any(|any| matches!(any, Match::Id { .. })))
                };
                all.push(ways.into_iter().find(itself)?);
            }
            Some(condition) => all.push(condition),
            None if ABOUT_NOBODY.contains(&kind) => {}
            None => return None,
        }
    }
    Some(Condition::All(all))
}

fn filter_conditions(context: &Context<'_>, kind: &str, filter: &Filter) -> Option<Vec<Condition>> {
    let pairs: Vec<(String, String)> = filter
        .0
        .iter()
        .map(|condition| {
            let any: Vec<String> = condition.any.iter().map(ToString::to_string).collect();
            (condition.parameter.clone(), any.join(","))
        })
        .collect();
    let terminology = Terminology::r4();
    let query = parse(kind, &pairs, Parameters::r4(), &parse_context(context, &terminology));
    let is_token =
        |condition: &Condition| condition.as_value().is_some_and(|own| own.kind == SearchKind::Token);
    let understood = query.problems.is_empty() && query.criteria.len() == pairs.len();
    (understood && query.criteria.iter().all(is_token)).then_some(query.criteria)
}

/// The refusal of what no scope of the token is for.
pub(super) fn out_of_reach(kind: &str, permissions: Permissions) -> FhirError {
    let what = format!(
        "the token's scopes do not reach this; it needs one such as patient/{kind}.{permissions}, user/{kind}.{permissions} or \
         system/{kind}.{permissions}, for these resources; and an app does no more than the role of the person who uses it"
    );
    FhirError::new(Refusal::Forbidden, IssueCode::Forbidden, what)
}
