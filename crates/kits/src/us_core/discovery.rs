//! Which patients and profiles a run is about.

use serde_json::Value;

use super::client::{base, get, resource, search};
use super::profiles::{Lead, PROFILES, Profile};
use super::resources::{belongs, references, target};
use crate::model::Stop;
use crate::run::Step;

/// The most resources of a profile that are fetched one by one.
const REFERRED_MAX: usize = 20;
/// Under which all resources that were found are kept, beside the name of each profile.
pub(super) const ALL: &str = "all";

/// The profiles to test: those named, or those that the server claims.
pub(super) fn wanted(step: &Step<'_>, profile: &Profile) -> Result<(), Stop> {
    let (named, claimed) = (step.value("profiles"), step.value("claimed"));
    let is_in = |text: &str| text.split_whitespace().any(|name| name == profile.name);
    match (named.is_empty(), is_in(&named), is_in(&claimed)) {
        (false, true, _) | (true, _, true) => Ok(()),
        (false, false, _) => Err(Stop::Omit("this run is about other profiles".to_owned())),
        (true, _, false) => {
            Err(Stop::Omit("the server does not claim this profile in its CapabilityStatement".to_owned()))
        }
    }
}

/// The names of our profiles among those of a CapabilityStatement.
pub(super) fn claimed(capability: &Value) -> Vec<&'static str> {
    let rest = capability["rest"].as_array().into_iter().flatten();
    let resources = rest.flat_map(|rest| rest["resource"].as_array().into_iter().flatten());
    let urls: Vec<&str> = resources
        .flat_map(|one| one["supportedProfile"].as_array().into_iter().flatten())
        .filter_map(|url| url.as_str().and_then(|url| url.split('|').next()))
        .collect();
    let ours = PROFILES.iter().filter(|profile| urls.contains(&profile.url().as_str()));
    ours.map(|profile| profile.name).collect()
}

/// The ids of the patients to look at.
pub(super) fn patients(step: &mut Step<'_>) -> Result<Vec<String>, Stop> {
    let named = step.value("patients");
    if !named.is_empty() {
        return Ok(named.split_whitespace().map(str::to_owned).collect());
    }
    let most: usize = step.value("patients_max").parse().map_err(|_| {
        Stop::Error("the input `patients_max` is no number of patients, such as 10".to_owned())
    })?;
    let response = get(step, &format!("Patient?_count={}", most.max(1)))?;
    let bundle = resource(&response, "Bundle")?;
    let entries = bundle["entry"].as_array().into_iter().flatten();
    let patients = entries.map(|entry| &entry["resource"]).filter(|one| one["resourceType"] == "Patient");
    let ids: Vec<String> =
        patients.filter_map(|one| one["id"].as_str()).take(most).map(str::to_owned).collect();
    match ids.is_empty() {
        false => Ok(ids),
        true => Err(Stop::Skip("the server shows no patients; name some in the input `patients`".to_owned())),
    }
}

/// Finds the resources of a profile, in the way that its row says. Keeps them for the other tests.
pub(super) fn find(step: &mut Step<'_>, profile: &Profile) -> Result<Vec<Value>, Stop> {
    let ids: Vec<String> = step.value("patient_ids").split_whitespace().map(str::to_owned).collect();
    let base = base(step);
    let mut found = Vec::new();
    match profile.lead {
        Lead::Patients => {
            for id in &ids {
                let response = get(step, &format!("Patient/{id}"))?;
                found.push(resource(&response, "Patient")?);
            }
        }
        Lead::OfPatient(by) => {
            for id in &ids {
                found.extend(of_patient(step, profile, id, by)?);
            }
        }
        Lead::Referred => found = referred(step, profile, &base)?,
        Lead::Provenance => {
            for id in &ids {
                let pairs = [pair("_id", id), pair("_revinclude", "Provenance:target")];
                let (_, along) = search(step, "Patient", &pairs)?;
                found.extend(along.into_iter().filter(|one| one["resourceType"] == "Provenance"));
            }
        }
    }
    for one in &found {
        step.keep(ALL, one);
        if belongs(one, profile, &base) {
            step.keep(profile.name, one);
        }
    }
    Ok(step.seen(profile.name))
}

fn of_patient(
    step: &mut Step<'_>,
    profile: &Profile,
    id: &str,
    by: &[(&str, &str)],
) -> Result<Vec<Value>, Stop> {
    if by.is_empty() {
        return Ok(search(step, profile.kind, &[pair("patient", id)])?.0);
    }
    let mut found = Vec::new();
    for (name, value) in by {
        found.extend(search(step, profile.kind, &[pair("patient", id), pair(name, value)])?.0);
    }
    Ok(found)
}

fn referred(step: &mut Step<'_>, profile: &Profile, base: &str) -> Result<Vec<Value>, Stop> {
    let mut ids: Vec<String> = Vec::new();
    for one in step.seen(ALL) {
        for reference in references(&one) {
            if let Some((kind, id)) = target(&reference, base)
                && kind == profile.kind
                && !ids.iter().any(|known| known == id)
            {
                ids.push(id.to_owned());
            }
        }
    }
    let mut found = Vec::new();
    for id in ids.iter().take(REFERRED_MAX) {
        let response = get(step, &format!("{}/{id}", profile.kind))?;
        found.push(resource(&response, profile.kind)?);
    }
    Ok(found)
}

/// A pair of a query.
pub(super) fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}
