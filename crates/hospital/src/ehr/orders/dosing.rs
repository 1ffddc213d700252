//! How a medicine is to be taken: amount, route, how often, for how long.

use serde_json::{Number, Value, json};

use crate::calendar::DAY_US;
use crate::codes::UCUM;
use crate::ehr::shape::{items, text_at};

const HOUR_US: i64 = DAY_US / 24;
const FREQUENCY: &str = "https://practicum.example/frequency";
const ROUTE: &str = "https://practicum.example/route";

/// How often a medicine is given.
#[derive(Debug, PartialEq, Eq)]
pub struct Frequency {
    /// The code on forms.
    pub code: &'static str,
    /// In words.
    pub words: &'static str,
    /// The hours of the day at which doses are due on every ward; none for a single dose.
    pub hours: &'static [u8],
    /// `Timing.repeat`: how many times in how many of which unit.
    repeat: (u32, u32, &'static str),
}

impl Frequency {
    /// The time between two doses, in microseconds; none for a single dose.
    pub fn interval_us(&self) -> Option<i64> {
        let (times, period, unit) = self.repeat;
        let unit_us = match unit {
            "h" => HOUR_US,
            "d" => DAY_US,
            _ => return None,
        };
        Some(unit_us * i64::from(period) / i64::from(times))
    }
}

const fn often(
    code: &'static str,
    words: &'static str,
    hours: &'static [u8],
    repeat: (u32, u32, &'static str),
) -> Frequency {
    Frequency { code, words, hours, repeat }
}

/// How often a medicine can be given.
pub const FREQUENCIES: [Frequency; 10] = [
    often("once", "once", &[], (1, 1, "a")),
    often("daily", "once a day", &[9], (1, 1, "d")),
    often("nightly", "every night", &[21], (1, 24, "h")),
    often("bid", "twice a day", &[9, 21], (2, 1, "d")),
    often("tid", "three times a day", &[8, 14, 20], (3, 1, "d")),
    often("qid", "four times a day", &[8, 12, 16, 20], (4, 1, "d")),
    often("q4h", "every 4 hours", &[0, 4, 8, 12, 16, 20], (1, 4, "h")),
    often("q6h", "every 6 hours", &[0, 6, 12, 18], (1, 6, "h")),
    often("q8h", "every 8 hours", &[6, 14, 22], (1, 8, "h")),
    often("q12h", "every 12 hours", &[9, 21], (1, 12, "h")),
];

/// How a medicine gets into the body: code and words.
pub const ROUTES: [(&str, &str); 7] = [
    ("oral", "by mouth"),
    ("intravenous", "into a vein"),
    ("subcutaneous", "under the skin"),
    ("intramuscular", "into a muscle"),
    ("inhaled", "inhaled"),
    ("topical", "on the skin"),
    ("rectal", "rectally"),
];

/// The units of a dose: as written, and in UCUM where it has one.
pub const UNITS: [(&str, Option<&str>); 8] = [
    ("mg", Some("mg")),
    ("g", Some("g")),
    ("ug", Some("ug")),
    ("mL", Some("mL")),
    ("meq", Some("meq")),
    ("units", Some("[iU]")),
    ("tablet", None),
    ("puff", None),
];

/// A way to take a medicine.
#[derive(Debug, Clone, PartialEq)]
pub struct Dosing {
    /// The amount of one dose.
    pub amount: Number,
    /// Its unit, one of [`UNITS`] where we wrote it.
    pub unit: String,
    /// The code of one of [`ROUTES`] where we wrote it; may be empty.
    pub route: String,
    /// How often, where that is one of ours.
    pub frequency: Option<&'static Frequency>,
    /// What it is given for, if it is given as needed only.
    pub as_needed: Option<String>,
    /// For how many days; until it is ended if nothing is said.
    pub days: Option<u64>,
}

impl Dosing {
    /// A row of a table in which amounts are written as text.
    pub(crate) fn of_table(
        (amount, unit): (&str, &str),
        route: &str,
        frequency: &str,
        as_needed: Option<&str>,
    ) -> Self {
        Self {
            amount: serde_json::from_str(amount).unwrap_or_else(|_| Number::from(1)),
            unit: unit.to_owned(),
            route: route.to_owned(),
            frequency: FREQUENCIES.iter().find(|one| one.code == frequency),
            as_needed: as_needed.map(str::to_owned),
            days: None,
        }
    }

    /// A FHIR `Dosage`, if it says how much.
    pub fn read(dosage: &Value) -> Option<Self> {
        let quantity = dosage.pointer("/doseAndRate/0/doseQuantity")?;
        let amount = quantity.get("value")?.as_number()?.clone();
        let unit = text_at(quantity, "unit").or_else(|| text_at(quantity, "code")).unwrap_or_default();
        let needed = dosage.get("asNeededCodeableConcept").and_then(|concept| text_at(concept, "text"));
        let as_needed = needed
            .or_else(|| (dosage.get("asNeededBoolean") == Some(&Value::Bool(true))).then_some("as needed"));
        Some(Self {
            amount,
            unit: unit.to_owned(),
            route: route_of(dosage).unwrap_or_default().to_owned(),
            frequency: frequency_of(dosage),
            as_needed: as_needed.map(str::to_owned),
            days: dosage.pointer("/timing/repeat/boundsDuration/value").and_then(Value::as_u64),
        })
    }

    /// In words: `650 mg by mouth every 6 hours as needed for pain, for 3 days`.
    pub fn words(&self) -> String {
        let mut words = format!("{} {}", self.amount, self.unit);
        let route =
            ROUTES.iter().find(|(code, _)| *code == self.route).map_or(self.route.as_str(), |row| row.1);
        let often = self.frequency.map_or("", |often| often.words);
        [route, often].into_iter().filter(|part| !part.is_empty()).for_each(|part| {
            words.push(' ');
            words.push_str(part);
        });
        if let Some(reason) = &self.as_needed {
            words.push_str(&format!(" as needed for {reason}"));
        }
        match self.days {
            Some(1) => words.push_str(", for 1 day"),
            Some(days) => words.push_str(&format!(", for {days} days")),
            None => {}
        }
        words
    }
}

fn coded<'a>(concept: Option<&'a Value>, system: &str) -> Option<&'a str> {
    let mut codings = items(concept?, "coding").iter();
    codings
        .find(|coding| text_at(coding, "system") == Some(system))
        .and_then(|coding| text_at(coding, "code"))
}

/// The route as ours, otherwise as written.
fn route_of(dosage: &Value) -> Option<&str> {
    let route = dosage.get("route")?;
    coded(Some(route), ROUTE).or_else(|| text_at(route, "text"))
}

/// How often, by our code, otherwise by `Timing.repeat`.
fn frequency_of(dosage: &Value) -> Option<&'static Frequency> {
    let timing = dosage.get("timing")?;
    if let Some(code) = coded(timing.get("code"), FREQUENCY) {
        return FREQUENCIES.iter().find(|one| one.code == code);
    }
    let repeat = timing.get("repeat")?;
    let number = |member: &str| repeat.get(member).and_then(Value::as_f64);
    let unit = text_at(repeat, "periodUnit")?;
    let fits = |one: &&Frequency| {
        let (times, period, of) = one.repeat;
        of == unit
            && number("frequency").unwrap_or(1.0) == f64::from(times)
            && number("period") == Some(f64::from(period))
    };
    FREQUENCIES.iter().skip(1).find(fits)
}

/// A FHIR `Dosage` (R4, 2.24.0.12).
pub fn dosage(dosing: &Dosing) -> Value {
    let mut written = json!({"text": dosing.words()});
    if let Some(often) = dosing.frequency {
        let (times, period, unit) = often.repeat;
        let mut repeat = json!({"frequency": times, "period": period, "periodUnit": unit});
        if often.code == "once" {
            repeat = json!({"count": 1});
        }
        if let Some(days) = dosing.days {
            repeat["boundsDuration"] = json!({"value": days, "unit": "days", "system": UCUM, "code": "d"});
        }
        written["timing"] = json!({
            "repeat": repeat,
            "code": {"coding": [{"system": FREQUENCY, "code": often.code}], "text": often.words},
        });
    }
    if let Some(reason) = &dosing.as_needed {
        written["asNeededCodeableConcept"] = json!({"text": reason});
    }
    if !dosing.route.is_empty() {
        written["route"] = match ROUTES.iter().find(|(code, _)| *code == dosing.route) {
            Some((code, words)) => json!({"coding": [{"system": ROUTE, "code": code}], "text": words}),
            None => json!({"text": dosing.route}),
        };
    }
    let mut quantity = json!({"value": dosing.amount, "unit": dosing.unit});
    let ucum = UNITS.iter().find(|(unit, _)| *unit == dosing.unit).and_then(|(_, ucum)| *ucum);
    if let Some(code) = ucum {
        quantity["system"] = UCUM.into();
        quantity["code"] = code.into();
    }
    written["doseAndRate"] = json!([{"doseQuantity": quantity}]);
    written
}

/// When doses of an order that was signed at `signed_us` are due from `from_us` until before `until_us`. What is given as
/// needed is never due, nor is what does not say how often.
pub fn due_times(dosing: &Dosing, signed_us: i64, from_us: i64, until_us: i64) -> Vec<i64> {
    let (Some(often), None) = (dosing.frequency, &dosing.as_needed) else { return Vec::new() };
    if often.hours.is_empty() {
        return if (from_us..until_us).contains(&signed_us) { vec![signed_us] } else { Vec::new() };
    }
    let days = dosing.days.and_then(|days| i64::try_from(days).ok());
    let end_us = days.map_or(i64::MAX, |days| signed_us.saturating_add(days.saturating_mul(DAY_US)));
    let (first, last) = (from_us.max(signed_us), until_us.min(end_us));
    let midnights = (first.div_euclid(DAY_US)..=last.div_euclid(DAY_US)).map(|day| day * DAY_US);
    let all = midnights
        .flat_map(|midnight| often.hours.iter().map(move |hour| midnight + i64::from(*hour) * HOUR_US));
    all.filter(|at| (first..last).contains(at)).collect()
}
