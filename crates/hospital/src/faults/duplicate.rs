//! Patients with two records, and strangers who look like them.

use serde_json::{Value, json};

use super::edit::move_house;
use super::visit::add_visit;
use super::{DuplicatePatient, FaultError, Ground, Placed};
use crate::calendar::{Date, date_of};
use crate::meta::meta;
use crate::population::MRN_SYSTEM;
use crate::random::{Key, Stream};

/// The youngest who is chosen, so that names and dates have had time to go wrong.
const AGE_MIN: i32 = 22;

/// Middle names of strangers.
const MIDDLE: &[&str] = &["Blair", "Carey", "Drew", "Ellis", "Jordan", "Marlin", "Reese", "Sidney"];

/// Places the fault on the first patients that fit, in an order shuffled by the seed.
pub(super) fn place(
    fault: &DuplicatePatient,
    seed: u64,
    ground: &mut Ground<'_>,
) -> Result<Placed, FaultError> {
    let key = Key::new(seed).name("duplicate-patient");
    let chosen = choose(fault, key, ground)?;
    let mut resources = Vec::new();
    let mut pairs = Vec::new();
    for (number, survivor) in chosen.into_iter().enumerate() {
        let mut stream = key.number(number as u64).stream();
        pairs.push(place_pair(fault, survivor, ground, &mut stream, &mut resources));
    }
    let mut truth = pairs[0].clone();
    truth["pairs"] = json!(pairs);
    Ok(Placed { resources, truth })
}

fn choose<'a>(fault: &DuplicatePatient, key: Key, ground: &Ground<'a>) -> Result<Vec<&'a Value>, FaultError> {
    let mut fitting: Vec<(u64, &Value)> = ground
        .patients
        .iter()
        .filter(|patient| is_whole(patient, ground.now_us))
        .filter(|patient| fault.edits.iter().all(|edit| edit.suits(patient, ground.now_us)))
        .map(|patient| (key.name(text(patient, "id")).value(), patient))
        .collect();
    fitting.sort_by_key(|(order, _)| *order);
    if fitting.len() < fault.pairs {
        return Err(FaultError::TooFew {
            found: fitting.len(),
            offered: ground.patients.len(),
            wanted: fault.pairs,
        });
    }
    Ok(fitting.into_iter().take(fault.pairs).map(|(_, patient)| patient).collect())
}

/// A living adult with name, number, house and birth date, whose record is linked to no other.
fn is_whole(patient: &Value, now_us: i64) -> bool {
    let dead = patient.get("deceasedDateTime").is_some() || patient["deceasedBoolean"] == true;
    let aged =
        Date::parse(text(patient, "birthDate")).is_some_and(|born| born.age_on(date_of(now_us)) >= AGE_MIN);
    let named = patient["name"][0]["family"].is_string() && patient["name"][0]["given"][0].is_string();
    let known = patient["id"].is_string() && mrn(patient).is_some() && patient["address"][0].is_object();
    aged && named && known && !dead && patient["active"] != false && patient.get("link").is_none()
}

fn place_pair(
    fault: &DuplicatePatient,
    survivor: &Value,
    ground: &mut Ground<'_>,
    stream: &mut Stream,
    resources: &mut Vec<Value>,
) -> Value {
    let mut duplicate = another_record(survivor, ground);
    for edit in &fault.edits {
        edit.apply(&mut duplicate, ground.now_us, stream);
    }
    let mut truth = json!({"survivor": facts(survivor), "duplicate": facts(&duplicate)});
    add_visit(&duplicate, ground, stream, resources);
    if fault.look_alike {
        let taken = [text(survivor, "birthDate"), text(&duplicate, "birthDate")].map(str::to_owned);
        let mut stranger = another_record(survivor, ground);
        make_stranger(&mut stranger, &taken, stream);
        truth["lookalike"] = facts(&stranger);
        add_visit(&stranger, ground, stream, resources);
    }
    truth
}

/// The same registration under a new id and number.
fn another_record(patient: &Value, ground: &mut Ground<'_>) -> Value {
    let mut copy = patient.clone();
    copy["id"] = json!((ground.new_id)());
    copy["meta"] = meta("us-core-patient");
    let number = (ground.free_mrn)();
    for identifier in copy["identifier"].as_array_mut().into_iter().flatten() {
        if identifier["system"] == MRN_SYSTEM {
            identifier["value"] = json!(number);
        }
    }
    copy
}

/// Another person of the same name, born some days apart.
fn make_stranger(patient: &mut Value, taken: &[String; 2], stream: &mut Stream) {
    let born = Date::parse(text(patient, "birthDate")).unwrap_or(Date::from_days(0));
    let near = (3..40).map(|days| born.plus_days(-days).to_string());
    let dates: Vec<String> = near.filter(|date| !taken.contains(date)).collect();
    patient["birthDate"] = json!(stream.pick(&dates));
    let old = patient["name"][0]["given"][1].as_str().unwrap_or_default().to_owned();
    let start = stream.below(MIDDLE.len());
    let middle = MIDDLE.iter().cycle().skip(start).find(|name| **name != old);
    let first = patient["name"][0]["given"][0].clone();
    patient["name"][0]["given"] = json!([first, middle]);
    let phone = format!("555-{}-{:04}", stream.between(200, 999), stream.below(10_000));
    patient["telecom"] = json!([{"system": "phone", "value": phone, "use": "mobile"}]);
    move_house(patient, stream);
}

fn facts(patient: &Value) -> Value {
    json!({
        "id": patient["id"],
        "mrn": mrn(patient),
        "family": patient["name"][0]["family"],
        "given": patient["name"][0]["given"][0],
        "birth_date": patient["birthDate"],
    })
}

fn mrn(patient: &Value) -> Option<&str> {
    let identifiers = patient["identifier"].as_array()?;
    let ours = identifiers.iter().find(|identifier| identifier["system"] == MRN_SYSTEM)?;
    ours["value"].as_str()
}

fn text<'a>(resource: &'a Value, key: &str) -> &'a str {
    resource[key].as_str().unwrap_or_default()
}
