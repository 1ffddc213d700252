//! Parts of resources, as `_summary` and `_elements` ask for them (R4, 3.1.1.5.8 and 3.1.1.5.9).

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::{MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Value, json};
use standards::fhir::definitions::Definitions;
use standards::fhir::outcome::IssueCode;
use standards::fhir::search::Parameters;
use standards::fhir::search::query::{ParseContext, Query, Summary, parse};
use store::sandbox::Stored;

use super::error::{FhirError, Refusal};

/// The part of a resource that the parameters of a read ask for by `_summary` and `_elements`; others are passed over.
///
/// # Errors
/// When one of the two has a value that it cannot have.
pub fn part_of(stored: Stored, parameters: &[(String, String)]) -> Result<Stored, FhirError> {
    let shaping = parameters.iter().filter(|(name, _)| ["_summary", "_elements"].contains(&name.as_str()));
    let shaping: Vec<_> = shaping.cloned().collect();
    if shaping.is_empty() {
        return Ok(stored);
    }
    let query = parse(&stored.kind, &shaping, Parameters::r4(), &ParseContext::new("", 0));
    if let Some(problem) = query.problems.first() {
        let what = format!("parameter '{}': {}", problem.parameter, problem.reason);
        return Err(FhirError::new(Refusal::Malformed, IssueCode::Value, what));
    }
    let body = Subset::of(&query).apply(&stored.kind, &stored.body).into_owned();
    Ok(Stored { body, ..stored })
}

/// Which top-level elements of each resource are wanted.
pub(super) enum Subset<'a> {
    All,
    /// `_summary=true`.
    Summary,
    /// `_summary=text`: the narrative and what must be there.
    Text,
    /// `_summary=data`: all but the narrative.
    Data,
    /// `_elements`: these, a choice by either of its names, and what must be there or changes the meaning of others.
    Elements(&'a [String]),
}

impl<'a> Subset<'a> {
    pub(super) fn of(query: &'a Query) -> Self {
        match query.summary {
            Summary::True => Self::Summary,
            Summary::Text => Self::Text,
            Summary::Data => Self::Data,
            Summary::False | Summary::Count if query.elements.is_empty() => Self::All,
            Summary::False | Summary::Count => Self::Elements(&query.elements),
        }
    }

    /// The wanted part of `body`, each element's bytes as stored, tagged as a subset.
    pub(super) fn apply<'b>(&self, kind: &str, body: &'b [u8]) -> Cow<'b, [u8]> {
        if matches!(self, Self::All) {
            return Cow::Borrowed(body);
        }
        let Ok(Members(members)) = serde_json::from_slice::<Members<'_>>(body) else {
            return Cow::Borrowed(body);
        };
        let mut text = String::from("{");
        for (name, raw) in members {
            if !self.keeps(kind, &name) {
                continue;
            }
            if text.len() > 1 {
                text.push(',');
            }
            text += &Value::from(name.as_str()).to_string();
            text.push(':');
            if name == "meta" { text += &tagged(raw) } else { text += raw.get() }
        }
        text.push('}');
        Cow::Owned(text.into_bytes())
    }

    fn keeps(&self, kind: &str, name: &str) -> bool {
        let element = name.strip_prefix('_').unwrap_or(name);
        let property = Definitions::r4().element(kind, element);
        let always = ["resourceType", "id", "meta"].contains(&element);
        let mandatory = || property.as_ref().is_some_and(|property| property.element.min > 0);
        always
            || match self {
                Self::All => true,
                Self::Summary => property.as_ref().is_some_and(|property| property.element.summary),
                Self::Text => element == "text" || mandatory(),
                Self::Data => element != "text",
                Self::Elements(wanted) => {
                    let declared =
                        property.as_ref().map_or(element, |property| property.element.name.as_str());
                    let modifies = property.as_ref().is_some_and(|property| property.element.modifier);
                    wanted.iter().any(|wanted| wanted == element || wanted == declared)
                        || mandatory()
                        || modifies
                }
            }
    }
}

/// `meta` with the tag that says this is not the whole resource.
fn tagged(meta: &RawValue) -> String {
    let mut meta: Value = serde_json::from_str(meta.get()).unwrap_or_else(|_| json!({}));
    let tag = json!({
        "system": "http://terminology.hl7.org/CodeSystem/v3-ObservationValue",
        "code": "SUBSETTED",
    });
    match meta.get_mut("tag").and_then(Value::as_array_mut) {
        Some(tags) => tags.push(tag),
        None => meta["tag"] = json!([tag]),
    }
    meta.to_string()
}

/// The members of a JSON object in order, each value as its own text.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;
        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a JSON object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}
