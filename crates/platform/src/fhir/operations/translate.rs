use serde_json::Value;
use standards::fhir::terminology::{Coding, Match, Translate};

use super::given::{CodeNames, coding_of, codings, missing, named};
use super::input::{Given, wrong};
use super::output::Output;
use super::table::Ask;
use crate::fhir::error::FhirError;
use crate::fhir::terminology::with_terminology;

const PARAMETERS: &[&str] = &[
    "url",
    "conceptMap",
    "resource",
    "conceptMapVersion",
    "code",
    "system",
    "version",
    "source",
    "coding",
    "codeableConcept",
    "target",
    "targetsystem",
    "dependency",
    "reverse",
];

/// `ConceptMap/$translate`: a code in other terms (R4, 4.10.13.1).
pub(super) fn translate(ask: &Ask<'_>) -> Result<Value, FhirError> {
    let input = &ask.input;
    input.only(PARAMETERS)?;
    let named = named(ask, "conceptMap", "conceptMapVersion")?;
    let codings = codings(ask, &CodeNames { code: "code", system: "system", version: "version" })?;
    if codings.iter().any(|coding| coding.system.is_none()) {
        return Err(missing(
            "a code says little without its system: give 'system', or the system in the coding",
        ));
    }
    let dependencies: Vec<(String, Coding)> =
        input.all("dependency").into_iter().map(dependency).collect::<Result<_, _>>()?;
    let asked = Translate {
        source: input.text("source")?,
        target: input.text("target")?,
        target_system: input.text("targetsystem")?,
        reverse: input.flag("reverse")?.unwrap_or_default(),
        dependencies: &dependencies,
    };
    with_terminology(ask.view, |terminology| {
        let map = named.map(|named| named.concept_map(terminology)).transpose()?;
        let mut matches = Vec::new();
        for coding in &codings {
            matches.extend(match &map {
                Some(map) => terminology.translate_by(map, coding, &asked),
                None => terminology.translate(None, coding, &asked)?,
            });
        }
        Ok(written(&matches))
    })
}

/// What is known beside the code: the parts `element` and `concept`.
fn dependency(given: &Given) -> Result<(String, Coding), FhirError> {
    let part = |name: &str| given.parts.iter().find(|part| part.name == name).map(|part| &part.value);
    let element = part("element").and_then(Value::as_str);
    let element = element.ok_or_else(|| wrong("dependency", "needs a part 'element' with a URI"))?;
    let concept = part("concept").ok_or_else(|| wrong("dependency", "needs a part 'concept'"))?;
    let coding =
        concept["coding"].get(0).ok_or_else(|| wrong("dependency", "needs a coding in its 'concept'"))?;
    Ok((element.to_owned(), coding_of("dependency", coding)?))
}

fn written(matches: &[Match]) -> Value {
    let result = matches.iter().any(Match::is_translation);
    let message = match (result, matches.is_empty()) {
        (true, _) => None,
        (false, true) => Some("no concept map that is known here and fits says anything about this code"),
        (false, false) => Some("the concept maps say that the code has no counterpart"),
    };
    let output =
        Output::default().add("result", "valueBoolean", result).add_some("message", "valueString", message);
    matches.iter().fold(output, |output, one| output.add_parts("match", parts_of(one))).finish()
}

fn parts_of(found: &Match) -> Output {
    let parts = Output::default().add("equivalence", "valueCode", found.equivalence.as_str()).add_some(
        "concept",
        "valueCoding",
        found.coding.as_ref().map(Coding::to_json),
    );
    let with_products = found.products.iter().fold(parts, |parts, (element, coding)| {
        let product = Output::default().add("element", "valueUri", element.as_str()).add(
            "concept",
            "valueCoding",
            coding.to_json(),
        );
        parts.add_parts("product", product)
    });
    with_products.add_some("source", "valueUri", Some(found.map.as_str()).filter(|url| !url.is_empty()))
}
