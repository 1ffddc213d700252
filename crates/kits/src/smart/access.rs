//! What an access token opens, and what it does not.

use serde_json::{Value, json};
use standards::fhir::json::{Limits, parse};

use super::ask::{base, fhir, test};
use super::discovery::allows_origin;
use super::launch::tokens;
use crate::model::{Group, Stop};
use crate::run::Step;
use crate::wire::http::Request;

/// The category that the run's usual scopes are bounded to.
const VITAL_SIGNS: &str = "http://terminology.hl7.org/CodeSystem/observation-category|vital-signs";

/// The group.
pub(super) fn group() -> Group {
    let one = |id: &str, title: &str, work, requirement| {
        test(&format!("access/{id}"), title, work).of(&[requirement]).needs(&["access"])
    };
    Group {
        id: "smart/access".to_owned(),
        title: "What the token opens".to_owned(),
        about: "The same records with the token, without it, and past its scopes.".to_owned(),
        tests: vec![
            one("stranger", "Without a token nothing is given", stranger, "smart.scopes"),
            one("patient", "The patient in context can be read", patient, "smart.context")
                .needs(&["access", "patient"]),
            one("cors", "A page of another origin may read the answer", cors, "smart.cors")
                .needs(&["access", "patient"]),
            one("other-patients", "No other patient is found", other_patients, "smart.context")
                .needs(&["access", "patient"]),
            one("category", "A scope for vital signs opens no other observation", category, "smart.granular")
                .needs(&["access", "patient"]),
            one("other-types", "A type that was not granted is shut", other_types, "smart.scopes")
                .needs(&["access", "patient"]),
            one("write", "A scope to read lets nobody write", write, "smart.scopes")
                .needs(&["access", "patient"]),
        ],
        ..Group::default()
    }
}

fn stranger(step: &mut Step<'_>) -> Result<(), Stop> {
    for token in ["", "not-a-token"] {
        let response = fhir(step, "Patient?_count=1", token)?;
        if !matches!(response.status, 401 | 403) {
            let who = if token.is_empty() { "nobody" } else { "an invented token" };
            return Err(Stop::Fail(format!("{who} was answered with {}", response.status)));
        }
    }
    Ok(())
}

fn patient(step: &mut Step<'_>) -> Result<(), Stop> {
    let (access, patient) = (step.value("access"), step.value("patient"));
    let response = fhir(step, &format!("Patient/{patient}"), &access)?;
    match response.status {
        200 => Ok(()),
        other => Err(Stop::Fail(format!("Patient/{patient} was answered with {other}"))),
    }
}

fn cors(step: &mut Step<'_>) -> Result<(), Stop> {
    let (access, patient) = (step.value("access"), step.value("patient"));
    let response = fhir(step, &format!("Patient/{patient}"), &access)?;
    allows_origin(response.header("access-control-allow-origin"), "a resource")
}

/// What a search finds: its matches. A refusal finds nothing.
fn found(step: &mut Step<'_>, query: &str) -> Result<Vec<Value>, Stop> {
    let access = step.value("access");
    let response = fhir(step, query, &access)?;
    match response.status {
        200 => {
            let bundle = parse(&response.body, &Limits::default())
                .map_err(|issue| Stop::Fail(format!("{query} gave no JSON object: {}", issue.diagnostics)))?;
            let entries = bundle["entry"].as_array().into_iter().flatten();
            let matches = entries.filter(|entry| entry["search"]["mode"] != "outcome");
            Ok(matches.map(|entry| entry["resource"].clone()).collect())
        }
        401 | 403 | 404 => Ok(Vec::new()),
        other => Err(Stop::Fail(format!("{query} was answered with {other}"))),
    }
}

fn other_patients(step: &mut Step<'_>) -> Result<(), Stop> {
    let patient = step.value("patient");
    let all = found(step, "Patient?_count=10")?;
    match all.iter().find(|one| one["id"] != patient.as_str()) {
        Some(other) => {
            Err(Stop::Fail(format!("a token for Patient/{patient} also found Patient/{}", other["id"])))
        }
        None => Ok(()),
    }
}

fn category(step: &mut Step<'_>) -> Result<(), Stop> {
    let granted = tokens(step)["scope"].as_str().unwrap_or_default().to_owned();
    let is_bounded =
        granted.split_whitespace().any(|word| word.starts_with("patient/Observation") && word.contains('?'));
    if !is_bounded {
        return Err(Stop::Omit("no scope of the token is bounded to a category of observations".to_owned()));
    }
    let patient = step.value("patient");
    let all = found(step, &format!("Observation?patient={patient}&_count=200"))?;
    if all.is_empty() {
        step.unseen(["an Observation of the granted category".to_owned()]);
        return Err(Stop::Skip(
            "the patient has no observation of the granted category to be seen by".to_owned(),
        ));
    }
    let (system, code) = VITAL_SIGNS.split_once('|').unwrap_or_default();
    let is_vital = |one: &Value| {
        let codings = one["category"].as_array().into_iter().flatten();
        let mut codings = codings.flat_map(|category| category["coding"].as_array().into_iter().flatten());
        codings.any(|coding| coding["system"] == system && coding["code"] == code)
    };
    match all.iter().find(|one| !is_vital(one)) {
        Some(other) => {
            Err(Stop::Fail(format!("Observation/{} is no vital sign, and was given", other["id"])))
        }
        None => Ok(()),
    }
}

fn other_types(step: &mut Step<'_>) -> Result<(), Stop> {
    let patient = step.value("patient");
    for kind in ["Condition", "Encounter", "MedicationRequest"] {
        let open = found(step, &format!("{kind}?patient={patient}&_count=1"))?;
        if !open.is_empty() {
            return Err(Stop::Fail(format!("{kind} was not granted, and was given")));
        }
    }
    Ok(())
}

fn write(step: &mut Step<'_>) -> Result<(), Stop> {
    let (access, patient) = (step.value("access"), step.value("patient"));
    // Marked as an error from the beginning, should a server take it.
    let (system, code) = VITAL_SIGNS.split_once('|').unwrap_or_default();
    let body = json!({
        "resourceType": "Observation",
        "status": "entered-in-error",
        "category": [{"coding": [{"system": system, "code": code}]}],
        "code": {"text": "Written by a test kit to see whether it may"},
        "subject": {"reference": format!("Patient/{patient}")},
    });
    let request =
        Request::post(format!("{}/Observation", base(step)), "application/fhir+json", body.to_string())
            .with("authorization", &format!("Bearer {access}"));
    match step.http(&request)?.status {
        401 | 403 => Ok(()),
        status if (200..300).contains(&status) => {
            Err(Stop::Fail("an Observation was written with a token that may only read".to_owned()))
        }
        other => Err(Stop::Fail(format!(
            "a write with a token that may only read was answered with {other}, not 403"
        ))),
    }
}
