use serde_json::Value;
use standards::fhir::terminology::{Coding, TerminologyError, Validation};

use super::given::{CodeNames, Named, codings, missing, named, versioned};
use super::output::Output;
use super::table::Ask;
use crate::fhir::error::FhirError;
use crate::fhir::terminology::with_terminology;

const IN_SET: &[&str] = &[
    "url",
    "valueSet",
    "resource",
    "valueSetVersion",
    "code",
    "system",
    "systemVersion",
    "display",
    "coding",
    "codeableConcept",
    "date",
    "abstract",
    "displayLanguage",
];

const IN_SYSTEM: &[&str] = &[
    "url",
    "codeSystem",
    "resource",
    "code",
    "version",
    "display",
    "coding",
    "codeableConcept",
    "date",
    "abstract",
    "displayLanguage",
];

/// `ValueSet/$validate-code`: whether a value set has a code (R4, 4.9.18.2).
pub(super) fn in_value_set(ask: &Ask<'_>) -> Result<Value, FhirError> {
    ask.input.only(IN_SET)?;
    let named = named(ask, "valueSet", "valueSetVersion")?
        .ok_or_else(|| missing("no value set is named: give its 'url', or send it as 'valueSet'"))?;
    let codings = codings(ask, &CodeNames { code: "code", system: "system", version: "systemVersion" })?;
    if codings.iter().any(|coding| coding.system.is_none()) {
        return Err(missing(
            "a code says little without its system: give 'system', or the system in the coding",
        ));
    }
    let abstract_allowed = ask.input.flag("abstract")?.unwrap_or_default();
    with_terminology(ask.view, |terminology| {
        let set = named.value_set(terminology)?;
        any_of(&codings, |coding| terminology.validate_in_set(&set, coding, abstract_allowed))
    })
}

/// `CodeSystem/$validate-code`: whether a code system has a code (R4, 4.8.15.2).
pub(super) fn in_code_system(ask: &Ask<'_>) -> Result<Value, FhirError> {
    ask.input.only(IN_SYSTEM)?;
    let named = named(ask, "codeSystem", "version")?;
    let codings = codings(ask, &CodeNames { code: "code", system: "url", version: "version" })?;
    let abstract_allowed = ask.input.flag("abstract")?.unwrap_or_default();
    with_terminology(ask.view, |terminology| {
        let named = match (named, codings.as_slice()) {
            (Some(named), _) => named,
            (None, [Coding { system: Some(system), version, .. }]) => {
                Named::Url(versioned(system, version.as_deref()))
            }
            (None, _) => {
                return Err(missing("no code system is named: give its 'url', or send it as 'codeSystem'"));
            }
        };
        let system = named.code_system(terminology)?;
        any_of(&codings, |coding| match &coding.system {
            Some(other) if !coding_fits(other, &system.url) => Ok(Validation {
                result: false,
                message: Some(format!(
                    "`{}` is given as a code of {other}, not of {}",
                    coding.code, system.url
                )),
                display: None,
            }),
            _ => terminology.validate_in_system(&system, coding, abstract_allowed),
        })
    })
}

/// True if a coding's system, perhaps with a version, is this one.
fn coding_fits(system: &str, url: &str) -> bool {
    system.split('|').next() == Some(url)
}

/// A concept is right as soon as one of its codings is. It is undecided if none is and one is undecided.
fn any_of(
    codings: &[Coding],
    judge: impl Fn(&Coding) -> Result<Validation, TerminologyError>,
) -> Result<Value, FhirError> {
    let (mut wrong, mut undecided) = (Vec::new(), None);
    for coding in codings {
        match judge(coding) {
            Ok(right) if right.result => return Ok(written(right)),
            Ok(judged) => wrong.push(judged),
            Err(error) => undecided = Some(error),
        }
    }
    if let Some(error) = undecided {
        return Err(error.into());
    }
    let messages: Vec<String> = wrong.iter().filter_map(|one| one.message.clone()).collect();
    let display = wrong.into_iter().find_map(|one| one.display);
    Ok(written(Validation { result: false, message: Some(messages.join("; ")), display }))
}

fn written(validation: Validation) -> Value {
    Output::default()
        .add("result", "valueBoolean", validation.result)
        .add_some("message", "valueString", validation.message)
        .add_some("display", "valueString", validation.display)
        .finish()
}
