//! What is asked of a server as a whole.

use serde_json::Value;

use super::client::{base, get, resource};
use super::discovery::{claimed, patients};
use crate::model::{Group, Stop, Test, Weight};
use crate::run::Step;
use crate::wire::http::Request;

/// An id that no server has.
const NOWHERE: &str = "practicum-kit-no-such-patient";

/// The group.
pub(super) fn group() -> Group {
    Group {
        id: "us-core/server".to_owned(),
        title: "The server".to_owned(),
        about: "What it says about itself, whom it lets in, and which patients this run is about.".to_owned(),
        tests: vec![
            test("capability", "It has a CapabilityStatement of FHIR 4.0.1", capability)
                .of(&["uscore.capability"])
                .gives(&["claimed"]),
            test("claims", "It claims the Patient profile and at least one more", claims)
                .of(&["uscore.patient"])
                .needs(&["claimed"]),
            test("patients", "It shows patients", shows_patients)
                .gives(&["patient_ids"])
                .about("The patients named, or the first that the server shows. Everything else is about their records."),
            test("not-found", "A patient who is not there is 404", not_found).of(&["uscore.not-found"]),
            test("unauthorised", "Without a token it shows nobody", unauthorised).of(&["uscore.unauthorised"]),
        ],
        ..Group::default()
    }
}

fn test(id: &str, title: &str, work: fn(&mut Step<'_>) -> Result<(), Stop>) -> Test {
    Test::new(format!("us-core/server/{id}"), title, work)
}

fn capability(step: &mut Step<'_>) -> Result<(), Stop> {
    let response = get(step, "metadata")?;
    let capability = resource(&response, "CapabilityStatement")?;
    step.give("claimed", claimed(&capability).join(" ") + " ");
    if capability["fhirVersion"] != "4.0.1" {
        let found = &capability["fhirVersion"];
        return Err(Stop::Fail(format!(
            "CapabilityStatement.fhirVersion is {found}; US Core 6.1.0 stands on 4.0.1"
        )));
    }
    let formats = capability["format"].as_array().into_iter().flatten().filter_map(Value::as_str);
    match formats.into_iter().any(|format| format.contains("json")) {
        true => Ok(()),
        false => Err(Stop::Fail("JSON is not among the formats of the CapabilityStatement".to_owned())),
    }
}

fn claims(step: &mut Step<'_>) -> Result<(), Stop> {
    let claimed = step.value("claimed");
    let names: Vec<&str> = claimed.split_whitespace().collect();
    step.note(
        Weight::Information,
        format!("profiles claimed: {}", if names.is_empty() { "none" } else { claimed.trim() }),
    );
    if !names.contains(&"us-core-patient") {
        return Err(Stop::Fail(
            "no supportedProfile of the CapabilityStatement is us-core-patient".to_owned(),
        ));
    }
    match names.len() {
        0 | 1 => Err(Stop::Fail("no profile of US Core beside us-core-patient is claimed".to_owned())),
        _ => Ok(()),
    }
}

fn shows_patients(step: &mut Step<'_>) -> Result<(), Stop> {
    let ids = patients(step)?;
    step.give("patient_ids", ids.join(" "));
    Ok(())
}

fn not_found(step: &mut Step<'_>) -> Result<(), Stop> {
    let response = get(step, &format!("Patient/{NOWHERE}"))?;
    match response.status {
        404 => Ok(()),
        status => Err(Stop::Fail(format!("a patient who is not there was answered with {status}, not 404"))),
    }
}

fn unauthorised(step: &mut Step<'_>) -> Result<(), Stop> {
    if step.value("token").is_empty() {
        return Err(Stop::Omit("no token was given, so the server is taken as open".to_owned()));
    }
    let url = format!("{}/Patient?_count=1", base(step));
    let response = step.http(&Request::get(url).with("accept", "application/fhir+json"))?;
    match response.status {
        401 | 403 => Ok(()),
        status => {
            Err(Stop::Fail(format!("a search without a token was answered with {status}, not 401 or 403")))
        }
    }
}
