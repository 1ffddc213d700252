use serde_json::Value;
use standards::fhir::terminology::Coding;

use super::given::{Named, coding_of, missing, versioned};
use super::input::wrong;
use super::output::Output;
use super::place::Place;
use super::table::Ask;
use crate::fhir::error::FhirError;
use crate::fhir::terminology::with_terminology;

const PARAMETERS: &[&str] = &["codeA", "codeB", "system", "version", "codingA", "codingB"];

/// `CodeSystem/$subsumes`: whether one code is a kind of another (R4, 4.8.15.3).
pub(super) fn subsumes(ask: &Ask<'_>) -> Result<Value, FhirError> {
    ask.input.only(PARAMETERS)?;
    let a = code(ask, "codeA", "codingA")?;
    let b = code(ask, "codeB", "codingB")?;
    let named = system(ask, &a, &b)?;
    with_terminology(ask.view, |terminology| {
        let system = named.code_system(terminology)?;
        for (name, coding) in [("codingA", &a), ("codingB", &b)] {
            if coding.system.as_ref().is_some_and(|other| *other != system.url) {
                return Err(wrong(name, &format!("is a code of another system than {}", system.url)));
            }
        }
        let outcome = system.relate(&a.code, &b.code)?;
        Ok(Output::default().add("outcome", "valueCode", outcome.as_str()).finish())
    })
}

fn code(ask: &Ask<'_>, code: &str, coding: &str) -> Result<Coding, FhirError> {
    match (ask.input.text(code)?, ask.input.value(coding)?) {
        (Some(code), None) => Ok(Coding { code: code.to_owned(), ..Coding::default() }),
        (None, Some(value)) => coding_of(coding, value),
        (None, None) => Err(missing(&format!("a code is missing: give '{code}' or '{coding}'"))),
        (Some(_), Some(_)) => Err(wrong(code, &format!("and '{coding}' exclude each other"))),
    }
}

/// The code system: that of the address, or the one named by `system` or the codings.
fn system(ask: &Ask<'_>, a: &Coding, b: &Coding) -> Result<Named, FhirError> {
    let url = ask.input.text("system")?;
    if let Place::Instance(..) = ask.place {
        let at_hand = super::given::named(ask, "codeSystem", "version")?;
        return match (at_hand, url) {
            (Some(at_hand), None) => Ok(at_hand),
            _ => Err(wrong("system", "must be left out: the address names the code system")),
        };
    }
    let url = url.or(a.system.as_deref()).or(b.system.as_deref());
    let url = url.ok_or_else(|| missing("the code system is missing: give 'system'"))?;
    let version = ask.input.text("version")?.or(a.version.as_deref());
    Ok(Named::Url(versioned(url, version)))
}
