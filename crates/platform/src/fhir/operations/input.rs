use std::collections::BTreeSet;

use serde_json::Value;
use standards::fhir::json::{self, Limits};
use standards::fhir::outcome::{Issue, IssueCode};

use crate::fhir::error::{FhirError, Refusal};

/// Parameters that a request may carry in all.
const PARAMETERS_MAX: usize = 1000;

/// What an operation was given: the parameters of the address and those of the body, in order.
#[derive(Debug, Default)]
pub(super) struct Input {
    given: Vec<Given>,
    /// The form of the answer that the address asks for (`_format`).
    format: Option<String>,
}

/// One parameter.
#[derive(Debug)]
pub(super) struct Given {
    pub(super) name: String,
    /// The member its value stood in, such as `valueString` or `resource`; empty where it has none.
    pub(super) member: String,
    /// A value or a resource; from an address always text. Null for a parameter that only has parts.
    pub(super) value: Value,
    /// Its extensions; Null where it has none.
    pub(super) extension: Value,
    pub(super) parts: Vec<Given>,
}

impl Input {
    /// Reads a request. A body that is no Parameters resource stands for the parameter `resource` (R4, 3.2.0.2).
    pub(super) fn read(
        query: &[(String, String)],
        body: Option<&[u8]>,
        limits: &Limits,
    ) -> Result<Self, FhirError> {
        let from_address = query.iter().filter(|(name, _)| !matches!(name.as_str(), "_format" | "_pretty"));
        let mut given: Vec<Given> = from_address
            .map(|(name, value)| Given {
                name: name.clone(),
                member: "valueString".to_owned(),
                value: value.as_str().into(),
                extension: Value::Null,
                parts: Vec::new(),
            })
            .collect();
        if let Some(body) = body.filter(|body| !body.is_empty()) {
            given.extend(in_body(body, limits)?);
        }
        if given.len() > PARAMETERS_MAX {
            let what = format!("more than {PARAMETERS_MAX} parameters; ask in several parts");
            return Err(FhirError::new(Refusal::Malformed, IssueCode::TooCostly, what));
        }
        let format = query.iter().find(|(name, _)| name == "_format").map(|(_, value)| value.clone());
        Ok(Self { given, format })
    }

    /// The form of the answer that is asked for, in the address or in the body.
    pub(super) fn format(&self) -> Result<Option<&str>, FhirError> {
        Ok(self.text("_format")?.or(self.format.as_deref()))
    }

    /// Refuses parameters that are not among those an operation knows.
    pub(super) fn only(&self, known: &[&str]) -> Result<(), FhirError> {
        let unknown: BTreeSet<&str> =
            self.given.iter().map(|given| given.name.as_str()).filter(|name| !known.contains(name)).collect();
        let issue = |name: &str| {
            let known =
                known.iter().filter(|name| **name != "resource").copied().collect::<Vec<_>>().join(", ");
            Issue::error(
                IssueCode::NotSupported,
                format!("parameter '{name}' is not supported here; known are {known}"),
            )
        };
        match unknown.is_empty() {
            true => Ok(()),
            false => Err(FhirError {
                refusal: Refusal::Malformed,
                issues: unknown.into_iter().map(issue).collect(),
            }),
        }
    }

    /// The patient named by the parameter `patient` or `subject`, as `Patient/ID`.
    pub(super) fn patient(&self) -> Option<String> {
        let named = self.given.iter().find(|given| matches!(given.name.as_str(), "patient" | "subject"))?;
        let text = named.value.as_str()?;
        match text.contains('/') {
            true => text.starts_with("Patient/").then(|| text.to_owned()),
            false => (named.name == "patient").then(|| format!("Patient/{text}")),
        }
    }

    /// All parameters but these, as a search has them.
    pub(super) fn pairs(&self, but: &[&str]) -> Result<Vec<(String, String)>, FhirError> {
        let wanted = self.given.iter().filter(|given| !but.contains(&given.name.as_str()));
        let pair = |given: &Given| {
            let value = given.value.as_str().ok_or_else(|| wrong(&given.name, "must be text"))?;
            Ok((given.name.clone(), value.to_owned()))
        };
        wanted.map(pair).collect()
    }

    /// Every parameter called `name`.
    pub(super) fn all(&self, name: &str) -> Vec<&Given> {
        self.given.iter().filter(|given| given.name == name).collect()
    }

    /// The value of the only parameter called `name`.
    pub(super) fn value(&self, name: &str) -> Result<Option<&Value>, FhirError> {
        match self.all(name)[..] {
            [] => Ok(None),
            [only] => Ok(Some(&only.value)),
            _ => Err(wrong(name, "is given more than once")),
        }
    }

    /// The same as text.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, FhirError> {
        let Some(value) = self.value(name)? else { return Ok(None) };
        value.as_str().map(Some).ok_or_else(|| wrong(name, "must be text"))
    }

    /// The same as a whole number from 0.
    pub(super) fn count(&self, name: &str) -> Result<Option<usize>, FhirError> {
        let Some(value) = self.value(name)? else { return Ok(None) };
        let number = match value {
            Value::String(text) => text.parse().ok(),
            other => other.as_u64().and_then(|number| usize::try_from(number).ok()),
        };
        number.map(Some).ok_or_else(|| wrong(name, "must be a whole number from 0"))
    }

    /// The same as `true` or `false`.
    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, FhirError> {
        let Some(value) = self.value(name)? else { return Ok(None) };
        match (value, value.as_str()) {
            (Value::Bool(flag), _) => Ok(Some(*flag)),
            (_, Some("true")) => Ok(Some(true)),
            (_, Some("false")) => Ok(Some(false)),
            _ => Err(wrong(name, "must be true or false")),
        }
    }
}

/// The parameters of a Parameters resource, as an address would have them.
pub(crate) fn parameters_of(body: &[u8], limits: &Limits) -> Result<Vec<(String, String)>, FhirError> {
    Input::read(&[], Some(body), limits)?.pairs(&[])
}

/// A parameter that cannot be used, and why.
pub(super) fn wrong(name: &str, why: &str) -> FhirError {
    FhirError::new(Refusal::Malformed, IssueCode::Value, format!("parameter '{name}' {why}"))
}

fn in_body(body: &[u8], limits: &Limits) -> Result<Vec<Given>, FhirError> {
    let value = json::parse(body, limits)
        .map_err(|issue| FhirError { refusal: Refusal::Malformed, issues: vec![issue] })?;
    match value.get("resourceType").and_then(Value::as_str) {
        Some("Parameters") => parts(value.get("parameter")),
        Some(_) => {
            let (name, member) = ("resource".to_owned(), "resource".to_owned());
            Ok(vec![Given { name, member, value, extension: Value::Null, parts: Vec::new() }])
        }
        None => {
            let what = "the body has no resourceType; send a Parameters resource, or the resource itself";
            Err(FhirError::new(Refusal::Malformed, IssueCode::Required, what))
        }
    }
}

/// The members of `Parameters.parameter` or of a parameter's `part`.
fn parts(list: Option<&Value>) -> Result<Vec<Given>, FhirError> {
    let list = match list {
        None => return Ok(Vec::new()),
        Some(list) => list.as_array().ok_or_else(|| wrong("parameter", "must be a list"))?,
    };
    list.iter().map(given).collect()
}

fn given(parameter: &Value) -> Result<Given, FhirError> {
    let name = parameter.get("name").and_then(Value::as_str);
    let name = name.ok_or_else(|| wrong("parameter", "has a member without a name"))?.to_owned();
    let mut members = parameter.as_object().into_iter().flatten();
    let found = members
        .find(|(member, _)| *member == "resource" || member.starts_with("value"))
        .map(|(member, value)| (member.clone(), value.clone()));
    let (member, value) = found.unwrap_or_default();
    let extension = parameter.get("extension").cloned().unwrap_or_default();
    Ok(Given { name, member, value, extension, parts: parts(parameter.get("part"))? })
}
