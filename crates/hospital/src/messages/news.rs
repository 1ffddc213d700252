use serde_json::Value;

use crate::calendar::{Date, date_of};
use crate::codes::LABORATORY_PROCEDURE;
use crate::ehr::{active_place, is_emergency, is_in_house, is_open, reference_id};
use crate::messages::Trigger;
use crate::messages::read::{items, text_at};

/// What lies further back than this when it is written down is history, and news to nobody.
const NEWS_DAYS: i32 = 1;

/// What a new version of a resource tells other systems, if it tells them anything. `before` is the version it replaces.
pub fn news(before: Option<&Value>, after: &Value, now_us: i64) -> Option<&'static Trigger> {
    let name = match text_at(after, "resourceType")? {
        "Patient" => person(before, after)?,
        "Encounter" => visit(before, after)?,
        "ServiceRequest" => in_force(before, after).then(|| order_of(after))?,
        "MedicationRequest" => in_force(before, after).then_some("RDE^O11")?,
        "Immunization" => {
            (is_new(before, after, &["completed"]) && is_news(after, now_us)).then_some("VXU^V04")?
        }
        "ChargeItem" => {
            (is_new(before, after, &["billable", "billed"]) && is_news(after, now_us)).then_some("DFT^P03")?
        }
        "DocumentReference" => is_new(before, after, &["current"]).then_some("MDM^T02")?,
        "Appointment" => appointment(before, after)?,
        _ => return None,
    };
    Trigger::named(name)
}

fn person(before: Option<&Value>, after: &Value) -> Option<&'static str> {
    let replaced = |patient: &Value| replaced_by(patient).is_some();
    match before {
        None => Some("ADT^A28"),
        Some(before) if replaced(after) && !replaced(before) => Some("ADT^A40"),
        Some(_) if replaced(after) => None,
        Some(before) if says(before) == says(after) && !replaced(before) => None,
        Some(_) => Some("ADT^A31"),
    }
}

/// The id of the Patient that took the place of this one in a merge.
pub fn replaced_by(patient: &Value) -> Option<&str> {
    let link = items(patient, "link").iter().find(|link| text_at(link, "type") == Some("replaced-by"))?;
    reference_id(link.get("other")?, "Patient")
}

/// What PID can say of somebody; a change of anything else is not told.
fn says(patient: &Value) -> Vec<Option<&Value>> {
    let members = [
        "identifier",
        "name",
        "telecom",
        "gender",
        "birthDate",
        "deceasedBoolean",
        "deceasedDateTime",
        "address",
        "maritalStatus",
        "communication",
        "generalPractitioner",
        "extension",
    ];
    members.iter().map(|member| patient.get(*member)).collect()
}

fn visit(before: Option<&Value>, after: &Value) -> Option<&'static str> {
    let status = |visit: &Value| text_at(visit, "status").unwrap_or_default().to_owned();
    let (was, is) = (before.map(status).unwrap_or_default(), status(after));
    let (was_open, is_open) = (before.is_some_and(is_open), is_open(after));
    match (was.as_str(), is.as_str()) {
        ("", "planned") => Some("ADT^A05"),
        ("planned", "planned") | ("", "finished" | "cancelled" | "entered-in-error") => None,
        ("finished", _) if is_open => Some("ADT^A13"),
        _ if is_open && !was_open => Some(arrival(after)),
        _ if was_open && is_open => before.and_then(|before| moved(before, after)),
        (_, "finished") if was_open => Some("ADT^A03"),
        (was, "cancelled" | "entered-in-error") if was_open || was == "planned" => Some("ADT^A11"),
        _ => None,
    }
}

fn arrival(visit: &Value) -> &'static str {
    if is_in_house(visit) && !is_emergency(visit) { "ADT^A01" } else { "ADT^A04" }
}

/// What changed of a visit that goes on.
fn moved(before: &Value, after: &Value) -> Option<&'static str> {
    let is_inpatient = |visit: &Value| is_in_house(visit) && !is_emergency(visit);
    match (is_inpatient(before), is_inpatient(after)) {
        (false, true) => return Some("ADT^A06"),
        (true, false) => return Some("ADT^A07"),
        _ => {}
    }
    let stations = |visit: &Value| items(visit, "location").len();
    match (active_place(before), active_place(after)) {
        (Some(was), Some(is)) if was != is && stations(after) < stations(before) => Some("ADT^A12"),
        (was, is) if was != is => Some("ADT^A02"),
        _ if told_of(before) == told_of(after) => None,
        _ => Some("ADT^A08"),
    }
}

/// What PV1 and DG1 can say of a visit beside class and place.
fn told_of(visit: &Value) -> Vec<Option<&Value>> {
    ["participant", "reasonCode", "hospitalization", "period"]
        .iter()
        .map(|member| visit.get(*member))
        .collect()
}

/// Whether an order came into force, or was in force and is not any more. One that was carried out is no news.
fn in_force(before: Option<&Value>, after: &Value) -> bool {
    let is_active = |order: &Value| text_at(order, "status") == Some("active");
    let is_order = text_at(after, "intent") == Some("order");
    match (before.is_some_and(is_active), is_active(after)) {
        (false, true) => is_order,
        (true, false) => is_order && text_at(after, "status") != Some("completed"),
        _ => false,
    }
}

/// A laboratory's tests are ordered by OML, anything else by ORM.
fn order_of(order: &Value) -> &'static str {
    let codings = items(order, "category").iter().flat_map(|category| items(category, "coding"));
    let mut codes = codings.filter_map(|coding| text_at(coding, "code"));
    if codes.any(|code| code == LABORATORY_PROCEDURE) { "OML^O21" } else { "ORM^O01" }
}

/// Whether it has one of these states now, and had none of them before.
fn is_new(before: Option<&Value>, after: &Value, states: &[&str]) -> bool {
    let has = |one: &Value| text_at(one, "status").is_some_and(|status| states.contains(&status));
    has(after) && !before.is_some_and(has)
}

/// Whether it happened lately, or says not when.
fn is_news(one: &Value, now_us: i64) -> bool {
    let day = text_at(one, "occurrenceDateTime").and_then(|at| Date::parse(at.get(..10)?));
    day.is_none_or(|day| day.days() >= date_of(now_us).days() - NEWS_DAYS)
}

fn appointment(before: Option<&Value>, after: &Value) -> Option<&'static str> {
    let Some(before) = before else { return is_new(None, after, &["booked"]).then_some("SIU^S12") };
    if is_new(Some(before), after, &["cancelled"]) {
        return Some("SIU^S15");
    }
    let same = |member: &str| before.get(member) == after.get(member);
    match () {
        () if is_new(Some(before), after, &["booked"]) => Some("SIU^S12"),
        () if !same("start") || !same("end") => Some("SIU^S13"),
        () if before.get("participant") != after.get("participant") => Some("SIU^S14"),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::news;

    const NOW_US: i64 = 1_930_370_400_000_000;

    fn visit(status: &str, class: &str, places: &[&str]) -> Value {
        let last = places.len();
        let location = |(at, place): (usize, &&str)| {
            let status = if at + 1 == last { "active" } else { "completed" };
            json!({"location": {"reference": format!("Location/{place}")}, "status": status})
        };
        let location: Vec<Value> = places.iter().enumerate().map(location).collect();
        json!({"resourceType": "Encounter", "status": status, "class": {"code": class}, "location": location})
    }

    fn told(before: Option<&Value>, after: &Value) -> Option<&'static str> {
        news(before, after, NOW_US).map(|trigger| trigger.name)
    }

    #[test]
    fn a_visit_tells_each_step_and_nothing_twice() {
        let planned = visit("planned", "IMP", &[]);
        let there = visit("in-progress", "IMP", &["a"]);
        let moved = visit("in-progress", "IMP", &["a", "b"]);
        let gone = visit("finished", "IMP", &["a", "b"]);
        let clinic = visit("in-progress", "AMB", &["c"]);
        let mut other = there.clone();
        other["reasonCode"] = json!([{"text": "fever"}]);
        for (before, after, expected) in [
            (None, &planned, Some("ADT^A05")),
            (None, &there, Some("ADT^A01")),
            (Some(&planned), &there, Some("ADT^A01")),
            (None, &visit("arrived", "EMER", &["e"]), Some("ADT^A04")),
            (None, &clinic, Some("ADT^A04")),
            (Some(&there), &moved, Some("ADT^A02")),
            (Some(&moved), &there, Some("ADT^A12")),
            (Some(&moved), &gone, Some("ADT^A03")),
            (Some(&gone), &moved, Some("ADT^A13")),
            (Some(&clinic), &there, Some("ADT^A06")),
            (Some(&there), &clinic, Some("ADT^A07")),
            (Some(&there), &other, Some("ADT^A08")),
            (Some(&there), &visit("cancelled", "IMP", &["a"]), Some("ADT^A11")),
            (Some(&planned), &visit("cancelled", "IMP", &[]), Some("ADT^A11")),
            (Some(&there), &there, None),
            (None, &gone, None),
            (Some(&gone), &gone, None),
        ] {
            assert_eq!(told(before, after), expected, "{before:?} {after:?}");
        }
    }

    #[test]
    fn people_orders_and_the_rest_are_told_when_they_are_news() {
        let person = |more: Value| {
            let mut person = json!({"resourceType": "Patient", "name": [{"family": "A"}]});
            person.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            person
        };
        let plain = person(json!({}));
        let link = json!([{"type": "replaced-by", "other": {"reference": "Patient/2"}}]);
        let retired = person(json!({"link": link}));
        let order = |kind: &str, status: &str| {
            json!({"resourceType": kind, "status": status, "intent": "order",
                "category": [{"coding": [{"code": "108252007"}]}]})
        };
        let given = |at: &str| json!({"resourceType": "Immunization", "status": "completed", "occurrenceDateTime": at});
        let booked = |start: &str| json!({"resourceType": "Appointment", "status": "booked", "start": start});
        for (before, after, expected) in [
            (None, plain.clone(), Some("ADT^A28")),
            (Some(plain.clone()), person(json!({"gender": "female"})), Some("ADT^A31")),
            (Some(plain.clone()), person(json!({"photo": []})), None),
            (Some(plain.clone()), retired.clone(), Some("ADT^A40")),
            (Some(retired.clone()), retired.clone(), None),
            (Some(retired), plain, Some("ADT^A31")),
            (None, order("ServiceRequest", "active"), Some("OML^O21")),
            (None, order("ServiceRequest", "draft"), None),
            (
                Some(order("MedicationRequest", "draft")),
                order("MedicationRequest", "active"),
                Some("RDE^O11"),
            ),
            (
                Some(order("MedicationRequest", "active")),
                order("MedicationRequest", "stopped"),
                Some("RDE^O11"),
            ),
            (Some(order("ServiceRequest", "active")), order("ServiceRequest", "completed"), None),
            (None, given("2031-03-04"), Some("VXU^V04")),
            (None, given("2019-10-01"), None),
            (None, booked("2031-03-09T09:00:00Z"), Some("SIU^S12")),
            (Some(booked("2031-03-09T09:00:00Z")), booked("2031-03-10T09:00:00Z"), Some("SIU^S13")),
        ] {
            assert_eq!(told(before.as_ref(), &after), expected, "{before:?} {after:?}");
        }
    }
}
