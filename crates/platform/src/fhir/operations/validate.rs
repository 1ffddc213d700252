use serde_json::Value;
use standards::fhir::definitions::Definitions;
use standards::fhir::json;
use standards::fhir::outcome::{Issue, IssueCode, Severity, outcome};
use standards::fhir::profile::{Profile, Profiles, Validator};
use standards::fhir::validation::validate as check;

use super::hospital::Hospital;
use super::input::wrong;
use super::place::Place;
use super::table::Ask;
use crate::fhir::error::{FhirError, Refusal};
use crate::fhir::guard::in_sight;
use crate::fhir::read::alive;
use crate::fhir::terminology::with_terminology;

/// What a resource is checked for (R4, value set `resource-validation-mode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// In general.
    General,
    Create,
    Update,
    Delete,
    /// The stored resource, against the profile given.
    Profile,
}

/// `$validate`: whether a resource keeps the rules of its type, of the profiles it claims, and of those asked for (R4,
/// 3.1.0.11). What is wrong is an answer, not a refusal.
pub(super) fn validate(ask: &Ask<'_>) -> Result<Value, FhirError> {
    ask.input.only(&["resource", "mode", "profile"])?;
    let mode = mode(ask)?;
    if mode == Mode::Delete {
        return deletion(ask);
    }
    let (asked, mut issues) = profiles(ask)?;
    let resource = resource(ask)?;
    issues.extend(check(Definitions::r4(), &resource));
    issues.extend(misplaced(ask, mode, &resource));
    let around = Hospital::of(ask);
    issues.extend(with_terminology(ask.view, |terminology| {
        Ok(Validator::new(Profiles::shipped(), terminology, &around).validate(&resource, &asked))
    })?);
    issues.sort_by_key(|issue| issue.severity);
    if !issues.iter().any(Issue::is_error) {
        issues.push(all_well(&resource, &asked));
    }
    Ok(outcome(&issues))
}

/// The mode asked for, where it makes sense at this place.
fn mode(ask: &Ask<'_>) -> Result<Mode, FhirError> {
    let mode = match ask.input.text("mode")? {
        None => Mode::General,
        Some("create") => Mode::Create,
        Some("update") => Mode::Update,
        Some("delete") => Mode::Delete,
        Some("profile") => Mode::Profile,
        Some(_) => return Err(wrong("mode", "must be create, update, delete or profile")),
    };
    let is_instance = ask.place.id().is_some();
    match mode {
        Mode::Create if is_instance => {
            Err(wrong("mode", "is create, which is asked of a type: leave the id out of the address"))
        }
        Mode::Update | Mode::Delete | Mode::Profile if !is_instance => {
            Err(wrong("mode", "is about one resource, so the address needs its id: Type/id/$validate"))
        }
        Mode::Profile if ask.input.all("profile").is_empty() => {
            Err(wrong("mode", "is profile, which needs the parameter 'profile'"))
        }
        mode => Ok(mode),
    }
}

/// Whether the stored resource may be deleted: here, if it is there.
fn deletion(ask: &Ask<'_>) -> Result<Value, FhirError> {
    let Place::Instance(kind, id) = ask.place else { return Ok(outcome(&[])) };
    alive(in_sight(ask.context, ask.view.get(kind, id)?), kind, id)?;
    let text = format!("{kind}/{id} can be deleted; what refers to it is not looked at");
    Ok(outcome(&[information(text)]))
}

/// The profiles asked for; an issue for each that is not known.
fn profiles(ask: &Ask<'_>) -> Result<(Vec<&'static Profile>, Vec<Issue>), FhirError> {
    let (mut known, mut issues) = (Vec::new(), Vec::new());
    for given in ask.input.all("profile") {
        let url = given.value.as_str().ok_or_else(|| wrong("profile", "must be the URL of a profile"))?;
        match Profiles::shipped().find(url) {
            Some(profile) => known.push(profile),
            None => {
                let text = format!(
                    "the profile {url} is not known here; those that are stand in /metadata, by type"
                );
                issues.push(Issue::error(IssueCode::NotSupported, text));
            }
        }
    }
    Ok((known, issues))
}

/// The resource to look at: the one given, or the stored one that the address names.
fn resource(ask: &Ask<'_>) -> Result<Value, FhirError> {
    if let Some(given) = ask.input.value("resource")? {
        return Ok(given.clone());
    }
    let Place::Instance(kind, id) = ask.place else {
        let what = "nothing to validate: send the resource, or Parameters with one called 'resource'";
        return Err(FhirError::new(Refusal::Malformed, IssueCode::Required, what));
    };
    let stored = alive(in_sight(ask.context, ask.view.get(kind, id)?), kind, id)?;
    json::parse(&stored.body, ask.context.limits)
        .map_err(|issue| FhirError { refusal: Refusal::Internal, issues: vec![issue] })
}

/// What does not fit the address it was sent to.
fn misplaced(ask: &Ask<'_>, mode: Mode, resource: &Value) -> Vec<Issue> {
    let found = resource["resourceType"].as_str().unwrap_or_default();
    let mut issues = Vec::new();
    if let Some(kind) = ask.place.kind().filter(|kind| *kind != found) {
        let text = format!("this is a {found}; {kind}/$validate checks resources of the type {kind}");
        issues.push(Issue::error(IssueCode::Invalid, text).at(format!("{found}.resourceType")));
    }
    if let Some(id) = ask.place.id().filter(|id| mode == Mode::Update && resource["id"] != **id) {
        let text = format!("an update of {id} needs the same id in the resource");
        issues.push(Issue::error(IssueCode::Invalid, text).at(format!("{found}.id")));
    }
    issues
}

/// Says what was looked at, when no error was found.
fn all_well(resource: &Value, asked: &[&Profile]) -> Issue {
    let claimed = resource["meta"]["profile"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let claimed = claimed.filter_map(|url| Profiles::shipped().find(url));
    let mut names: Vec<&str> = claimed.chain(asked.iter().copied()).map(Profile::label).collect();
    names.dedup();
    let profiles = match names.is_empty() {
        true => "it claims no profile known here, so only its type was looked at".to_owned(),
        false => format!("checked: its type, and {}", names.join(", ")),
    };
    information(format!("no error was found; {profiles}"))
}

fn information(text: String) -> Issue {
    Issue { severity: Severity::Information, ..Issue::error(IssueCode::Informational, text) }
}
