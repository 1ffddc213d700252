//! The app is opened from a patient's chart.

use std::time::Duration;

use serde_json::Value;

use super::ask::{self, Answered, Way, base, fhir, offers, said, secret, test};
use crate::model::{Group, Stop};
use crate::run::Step;

/// The group.
pub(super) fn group() -> Group {
    let one = |id: &str, title: &str, work| {
        test(&format!("ehr/{id}"), title, work).of(&["smart.ehr-launch"]).needs(&["smart", "client"])
    };
    Group {
        id: "smart/ehr".to_owned(),
        title: "A launch from a chart".to_owned(),
        about: "Somebody opens the app from a patient's chart. The chart hands over a handle, and with it the token is for that \
                patient: nobody chooses again."
            .to_owned(),
        tests: vec![
            one("opens", "The chart opens the app with its server and a handle", opens).gives(&["handle"]),
            one("invented", "A handle that was not given out is refused", invented),
            one("token", "With the handle the app comes to tokens", token)
                .needs(&["handle"])
                .gives(&["chart_tokens"]),
            one("context", "They are for the patient of the chart", context).needs(&["chart_tokens"]),
        ],
        ..Group::default()
    }
}

/// Whether there is a chart to launch from.
fn applies(step: &Step<'_>) -> Result<(), Stop> {
    if !offers(step, "capabilities", "launch-ehr") {
        return Err(Stop::Omit("the server does not offer launch-ehr".to_owned()));
    }
    match step.value("chart").as_str() {
        "no" => Err(Stop::Omit("the run says that nobody opens the app from a chart".to_owned())),
        _ => Ok(()),
    }
}

fn patience(step: &Step<'_>) -> Duration {
    Duration::from_secs(step.value("wait").parse().unwrap_or(300))
}

fn opens(step: &mut Step<'_>) -> Result<(), Stop> {
    applies(step)?;
    let address = step.value("opens_at");
    let identifier = address.rsplit_once("state=").map(|(_, identifier)| identifier.to_owned());
    let to_do = format!(
        "Open the app SMART test kit from a patient's chart. Where it was registered by hand, its launch address is {address}"
    );
    let came = step.wait(&identifier.unwrap_or_default(), &to_do, patience(step))?.fields;
    let (iss, handle) = (came.get("iss"), came.get("launch").filter(|handle| !handle.is_empty()));
    if iss.map(|iss| iss.trim_end_matches('/')) != Some(base(step).as_str()) {
        let found = iss.map_or("missing", String::as_str);
        return Err(Stop::Fail(format!("iss is {found}, and must be the FHIR base {}", base(step))));
    }
    let handle = handle.ok_or_else(|| Stop::Fail("the app was opened without launch".to_owned()))?;
    step.give("handle", handle);
    Ok(())
}

/// A sound request with this handle, for the scopes of the run without a choice of a patient.
fn with_handle(step: &Step<'_>, handle: &str) -> Way {
    let wanted = step.value("scope");
    let others = wanted.split_whitespace().filter(|word| !word.starts_with("launch"));
    let scope = std::iter::once("launch").chain(others).collect::<Vec<_>>().join(" ");
    Way::new(step).with("scope", &scope).and("launch", handle)
}

fn invented(step: &mut Step<'_>) -> Result<(), Stop> {
    applies(step)?;
    match with_handle(step, &secret()).ask(step)? {
        Answered::Refused(_) => Ok(()),
        Answered::Back(fields) if fields.contains_key("error") => Ok(()),
        Answered::Back(_) => Err(Stop::Fail("it came back with a code".to_owned())),
        Answered::Page | Answered::Elsewhere(_) => Err(Stop::Omit(
            "the server first asks who is there, so that its answer cannot be seen from outside".to_owned(),
        )),
    }
}

fn token(step: &mut Step<'_>) -> Result<(), Stop> {
    let handle = step.value("handle");
    let way = with_handle(step, &handle);
    // Only whoever opened the app may answer for the launch, so the browser must be theirs.
    let fields = match way.ask(step)? {
        Answered::Back(fields) if fields.contains_key("code") => fields,
        _ => way.by_hand(step, "Open this address in the browser in which the chart is, and agree: ")?,
    };
    if let Some(error) = fields.get("error") {
        let why = fields.get("error_description").map(String::as_str).unwrap_or_default();
        return Err(Stop::Fail(format!("the server came back with {error}: {why}")));
    }
    let code =
        fields.get("code").ok_or_else(|| Stop::Fail("the browser came back without a code".to_owned()))?;
    let response = way.exchange(step, code, &[])?;
    if !response.is_success() {
        return Err(Stop::Fail(format!("the code was answered with {}", said(&response))));
    }
    step.give("chart_tokens", ask::json(&response).to_string());
    Ok(())
}

fn context(step: &mut Step<'_>) -> Result<(), Stop> {
    let tokens: Value = serde_json::from_str(&step.value("chart_tokens")).unwrap_or_default();
    let text = |name: &str| tokens[name].as_str().unwrap_or_default().to_owned();
    let (patient, access) = (text("patient"), text("access_token"));
    if patient.is_empty() || patient.contains('/') {
        return Err(Stop::Fail(format!(
            "the answer's patient is {}; it must be the id of the patient whose chart it was",
            tokens["patient"]
        )));
    }
    if offers(step, "capabilities", "context-banner") && !tokens["need_patient_banner"].is_boolean() {
        return Err(Stop::Fail(
            "the server offers context-banner, and does not say in need_patient_banner whether the app shows who the \
             patient is"
                .to_owned(),
        ));
    }
    let read = fhir(step, &format!("Patient/{patient}"), &access)?;
    match read.status {
        200 => Ok(()),
        status => {
            Err(Stop::Fail(format!("Patient/{patient}, for whom the token is, was answered with {status}")))
        }
    }
}
