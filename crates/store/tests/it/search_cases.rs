//! Resources and queries over every kind of parameter, from words that are likely to meet.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

pub(crate) const DATES: [&str; 10] = [
    "2024",
    "2024-03",
    "2024-03-15",
    "2024-03-31",
    "2024-03-15T10:00:00Z",
    "2024-03-15T12:00:00.5+02:00",
    "2024-04-01",
    "2024-12-31",
    "2023-12-31T23:59:59Z",
    "2025-01",
];
pub(crate) const PREFIXES: [&str; 10] = ["", "eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];
const NAMES: [&str; 8] = ["Berg", "berg", "Bergmann", "Zoë", "Zoe Ann", "O'Brien", "É", "\u{10ffff}x"];
const SYSTEMS: [&str; 3] = ["http://a.example", "http://b.example", ""];
const CODES: [&str; 3] = ["1", "2", "x y"];
pub(crate) const AMOUNTS: [&str; 9] = ["5", "5.4", "5.40", "5.45", "5.5", "4.5", "-0.5", "1e2", "0"];
const UNITS: [&str; 3] = ["mg", "mmol/L", ""];
/// Some of whom are there: resources are named `r0`, `r1` and so on, whatever their type.
const PEOPLE: [&str; 10] = [
    "Patient/p1",
    "Group/g1",
    "http://else.example/fhir/Patient/r1",
    "http://here.example/fhir/Patient/r2",
    "Patient/r0",
    "Patient/r1",
    "Patient/r2",
    "Patient/r3",
    "Patient/r5",
    "Patient/r9",
];
const MEMBERS: [&str; 6] = [
    "Observation/r1",
    "Observation/r2",
    "Observation/r4",
    "http://here.example/fhir/Observation/r6",
    "Observation/r7",
    "Observation/r12",
];
const LABELS: [&str; 3] = ["Blood pressure", "blood", "Zoë"];
const PROFILES: [&str; 3] = ["http://a.example/profile", "http://a.example/profile|1.0", "urn:oid:1.2.3"];

fn word(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    select(words)
}

/// A number that JSON reads as it is written.
fn amount() -> impl Strategy<Value = Value> {
    word(&AMOUNTS).prop_map(|text| serde_json::from_str(text).unwrap())
}

fn coding() -> impl Strategy<Value = Value> {
    (word(&SYSTEMS), word(&CODES), prop::option::of(word(&LABELS))).prop_map(|(system, code, label)| {
        let mut coding = json!({"code": code});
        for (name, text) in [("system", system), ("display", label.unwrap_or_default())] {
            if !text.is_empty() {
                coding[name] = text.into();
            }
        }
        coding
    })
}

fn component() -> impl Strategy<Value = Value> {
    (prop::collection::vec(coding(), 1..3), maybe(quantity())).prop_map(|(codings, quantity)| {
        let mut component = json!({"code": {"coding": codings}});
        set(&mut component, "valueQuantity", quantity);
        component
    })
}

fn quantity() -> impl Strategy<Value = Value> {
    let comparator = prop::option::weighted(0.2, select(vec!["<", "<=", ">", ">="]));
    (amount(), word(&UNITS), word(&SYSTEMS), comparator).prop_map(|(value, unit, system, comparator)| {
        let mut quantity = json!({"value": value});
        for (name, text) in [("unit", unit), ("code", unit), ("system", system)] {
            if !text.is_empty() {
                quantity[name] = text.into();
            }
        }
        if let Some(comparator) = comparator {
            quantity["comparator"] = comparator.into();
        }
        quantity
    })
}

fn period() -> impl Strategy<Value = Value> {
    (prop::option::of(word(&DATES)), prop::option::of(word(&DATES))).prop_map(|(start, end)| {
        let mut period = json!({});
        for (name, date) in [("start", start), ("end", end)] {
            if let Some(date) = date {
                period[name] = date.into();
            }
        }
        period
    })
}

/// An element that is there more often than not.
fn maybe<T: std::fmt::Debug>(inner: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    prop::option::weighted(0.7, inner)
}

fn patient() -> impl Strategy<Value = Value> {
    let names = prop::collection::vec((word(&NAMES), word(&NAMES)), 1..3);
    let identifiers = prop::collection::vec((word(&SYSTEMS), word(&CODES)), 1..3);
    let parts =
        (maybe(names), maybe(identifiers), maybe(word(&DATES)), maybe(any::<bool>()), maybe(word(&PROFILES)));
    parts.prop_map(|(names, identifiers, birth, active, profile)| {
        let mut patient = json!({"resourceType": "Patient"});
        if let Some(names) = names {
            let name = |(family, given): (&str, &str)| json!({"family": family, "given": [given]});
            patient["name"] = names.into_iter().map(name).collect();
        }
        if let Some(identifiers) = identifiers {
            let identifier = |(system, value): (&str, &str)| match system {
                "" => json!({"value": value, "type": {"text": "Blood"}}),
                _ => json!({"system": system, "value": value, "type": {"coding": [{"system": system, "code": value}, {"code": "2"}]}}),
            };
            patient["identifier"] = identifiers.into_iter().map(identifier).collect();
        }
        set(&mut patient, "birthDate", birth.map(|date| json!(date)));
        set(&mut patient, "active", active.map(Value::from));
        set(&mut patient, "meta", profile.map(|profile| json!({"profile": [profile]})));
        patient
    })
}

fn observation() -> impl Strategy<Value = Value> {
    let date = prop_oneof![
        word(&DATES).prop_map(|date| ("effectiveDateTime", json!(date))),
        period().prop_map(|period| ("effectivePeriod", period)),
    ];
    let parts = (
        maybe(prop::collection::vec(coding(), 1..3)),
        maybe(word(&PEOPLE)),
        maybe(date),
        maybe(quantity()),
        maybe(word(&CODES)),
        maybe(word(&MEMBERS)),
        prop::collection::vec(component(), 0..3),
    );
    parts.prop_map(|(codings, subject, date, quantity, status, member, components)| {
        let mut observation = json!({"resourceType": "Observation"});
        set(&mut observation, "code", codings.map(|codings| json!({"coding": codings})));
        set(
            &mut observation,
            "subject",
            subject.map(|reference| json!({"reference": reference, "identifier": {"value": "1"}})),
        );
        set(&mut observation, "hasMember", member.map(|reference| json!([{"reference": reference}])));
        observation["component"] = components.into();
        if let Some((name, value)) = date {
            observation[name] = value;
        }
        set(&mut observation, "valueQuantity", quantity);
        set(&mut observation, "status", status.map(Value::from));
        observation
    })
}

fn risk() -> impl Strategy<Value = Value> {
    let probability = prop_oneof![
        amount().prop_map(|value| json!({"probabilityDecimal": value})),
        (amount(), amount()).prop_map(
            |(low, high)| json!({"probabilityRange": {"low": {"value": low}, "high": {"value": high}}})
        ),
        amount().prop_map(|low| json!({"probabilityRange": {"low": {"value": low}}})),
    ];
    (prop::collection::vec(probability, 0..3), maybe(word(&PEOPLE))).prop_map(|(predictions, subject)| {
        let mut risk = json!({"resourceType": "RiskAssessment", "prediction": predictions});
        set(&mut risk, "subject", subject.map(|reference| json!({"reference": reference})));
        risk
    })
}

fn set(resource: &mut Value, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        resource[name] = value;
    }
}

/// A resource without an id.
pub(crate) fn resources() -> impl Strategy<Value = Value> {
    prop_oneof![2 => patient(), 2 => observation(), 1 => risk(), 1 => list()]
}

fn list() -> impl Strategy<Value = Value> {
    let items = prop::collection::vec(prop_oneof![word(&PEOPLE), word(&MEMBERS)], 0..4);
    items.prop_map(|items| {
        let entries: Vec<Value> =
            items.into_iter().map(|item| json!({"item": {"reference": item}})).collect();
        json!({"resourceType": "List", "entry": entries})
    })
}

/// The type searched, its parameters by kind, and what it can be sorted by.
const PARAMETERS: [(&str, &[(&str, Kind)]); 3] = [
    (
        "Patient",
        &[
            ("family", Kind::Text),
            ("name", Kind::Text),
            ("identifier", Kind::Token),
            ("active", Kind::Flag),
            ("birthdate", Kind::Date),
            ("_profile", Kind::Uri),
            ("_id", Kind::Id),
            ("_lastUpdated", Kind::Moment),
        ],
    ),
    (
        "Observation",
        &[
            ("code", Kind::Token),
            ("status", Kind::Token),
            ("date", Kind::Date),
            ("subject", Kind::Link),
            ("patient", Kind::Link),
            ("value-quantity", Kind::Quantity),
            ("component-code-value-quantity", Kind::Pair),
            ("combo-code-value-quantity", Kind::Pair),
            ("_lastUpdated", Kind::Moment),
        ],
    ),
    ("RiskAssessment", &[("probability", Kind::Number), ("subject", Kind::Link), ("_id", Kind::Id)]),
];

#[derive(Debug, Clone, Copy)]
enum Kind {
    Text,
    Token,
    Flag,
    Date,
    Moment,
    Number,
    Quantity,
    Link,
    Uri,
    Id,
    /// A composite of a code and a quantity.
    Pair,
}

fn prefix() -> impl Strategy<Value = &'static str> {
    word(&PREFIXES)
}

fn words(words: &'static [&'static str]) -> BoxedStrategy<String> {
    word(words).prop_map(str::to_owned).boxed()
}

fn value(kind: Kind) -> BoxedStrategy<String> {
    let dated = || (prefix(), word(&DATES)).prop_map(|(prefix, date)| format!("{prefix}{date}"));
    let numbered = || (prefix(), word(&AMOUNTS)).prop_map(|(prefix, amount)| format!("{prefix}{amount}"));
    match kind {
        Kind::Text => prop_oneof![words(&NAMES), words(&["b", "Be", "zo", "an", "brien", "zoé"])].boxed(),
        Kind::Token => prop_oneof![
            words(&CODES),
            word(&CODES).prop_map(|code| format!("|{code}")),
            word(&SYSTEMS[..2]).prop_map(|system| format!("{system}|")),
            (word(&SYSTEMS[..2]), word(&CODES)).prop_map(|(system, code)| format!("{system}|{code}")),
        ]
        .boxed(),
        Kind::Flag => words(&["true", "false", "maybe"]),
        Kind::Date => dated().boxed(),
        Kind::Moment => prop_oneof![
            2 => (prefix(), 0..40_i64).prop_map(|(prefix, second)| format!("{prefix}2030-03-17T17:46:{:02}Z", second % 60)),
            1 => (prefix(), select(vec!["2030", "2030-03-17T17:47", "2031"])).prop_map(|(prefix, date)| format!("{prefix}{date}")),
        ]
        .boxed(),
        Kind::Number => numbered().boxed(),
        Kind::Quantity => prop_oneof![
            numbered(),
            (numbered(), word(&UNITS[..2])).prop_map(|(amount, unit)| format!("{amount}||{unit}")),
            (numbered(), word(&SYSTEMS[..2]), word(&UNITS))
                .prop_map(|(amount, system, unit)| format!("{amount}|{system}|{unit}")),
        ]
        .boxed(),
        Kind::Link => words(&["Patient/p1", "p1", "p2", "Group/g1", "Patient/none", "http://else.example/fhir/Patient/p1"]),
        Kind::Uri => words(&PROFILES),
        Kind::Pair => (value(Kind::Token), value(Kind::Quantity))
            .prop_map(|(code, quantity)| format!("{code}${quantity}"))
            .boxed(),
        Kind::Id => (0..20_usize).prop_map(|id| format!("r{id}")).boxed(),
    }
}

fn modifiers(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Text => &["", "", ":exact", ":contains", ":missing"],
        Kind::Token => &["", "", ":not", ":missing", ":text", ":of-type"],
        Kind::Flag => &["", "", ":not", ":missing"],
        Kind::Link => &["", "", ":Patient", ":missing", ":identifier"],
        Kind::Uri => &["", ":missing", ":above", ":below"],
        Kind::Id | Kind::Moment => &[""],
        _ => &["", "", "", ":missing"],
    }
}

fn criterion((code, kind): (&'static str, Kind)) -> impl Strategy<Value = String> {
    let values = prop::collection::vec(value(kind), 1..4);
    (word(modifiers(kind)), values, any::<bool>()).prop_map(move |(modifier, values, missing)| {
        let typed = |value: &String| !value.starts_with("Group");
        let values = match modifier {
            ":text" => ["blood", "zo", "blood press"][values.len() % 3].to_owned(),
            ":of-type" => format!(
                "{}|{}|{}",
                SYSTEMS[values.len() % 3],
                CODES[values.len() % 3],
                CODES[values[0].len() % 3]
            ),
            ":identifier" => CODES[values.len() % 2].to_owned(),
            ":missing" => missing.to_string(),
            ":Patient" => values.iter().find(|value| typed(value)).cloned().unwrap_or("p1".to_owned()),
            _ => values.join(","),
        };
        format!("{code}{modifier}={values}")
    })
}

/// A condition on a resource of this type, as a parameter: its own values, or those of what it is linked with.
fn condition(kind: &'static str, depth: u32) -> BoxedStrategy<String> {
    let parameters = PARAMETERS.iter().find(|(name, _)| *name == kind).map_or(&[][..], |(_, of)| of);
    let own = || select(parameters).prop_flat_map(criterion);
    if depth == 0 {
        return own().boxed();
    }
    let linked = |before: &'static str, other: &'static str| {
        condition(other, depth - 1).prop_map(move |inner| format!("{before}{inner}")).boxed()
    };
    let listed = || (0..20_usize).prop_map(|id| format!("_list=r{id}")).boxed();
    let links = match kind {
        "Patient" => vec![
            linked("_has:Observation:subject:", "Observation"),
            linked("_has:Observation:patient:", "Observation"),
            linked("_has:RiskAssessment:subject:", "RiskAssessment"),
            listed(),
        ],
        "Observation" => vec![
            linked("subject:Patient.", "Patient"),
            linked("patient.", "Patient"),
            linked("has-member:Observation.", "Observation"),
            linked("_has:Observation:has-member:", "Observation"),
            listed(),
        ],
        _ => vec![linked("subject:Patient.", "Patient")],
    };
    prop_oneof![2 => own(), 1 => prop::strategy::Union::new(links)].boxed()
}

/// A filter of a few comparisons on a type.
fn filter(kind: &'static str) -> impl Strategy<Value = String> {
    let terms: Vec<&'static str> = match kind {
        "Patient" => vec![
            "family eq Berg",
            "family co er",
            "family ew ann",
            "family ne berg",
            "active eq true",
            "birthdate ge 2024-03",
            "identifier ne 1",
            "_profile sb http://a.example",
            "name pr true",
        ],
        "Observation" => vec![
            "code eq 1",
            "date lt 2024-03-15",
            "subject re Patient/r1",
            "patient.family sw b",
            "value-quantity gt 5.4",
            "status ne final",
            "value-quantity pr false",
            "_id eq r3",
        ],
        _ => vec!["probability ge 5", "subject.active eq true", "probability ap 5.5"],
    };
    let leaf = select(terms).prop_map(str::to_owned);
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} and {b})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a} or {b})")),
            inner.prop_map(|a| format!("not ({a})")),
        ]
    })
}

/// A type and a query on it; how many hits make a page is left open.
pub(crate) fn queries() -> impl Strategy<Value = (&'static str, String)> {
    select(PARAMETERS.to_vec()).prop_flat_map(|(kind, parameters)| {
        let filtered = filter(kind).prop_map(|filter| format!("_filter={filter}"));
        let one = prop_oneof![5 => condition(kind, 2), 1 => filtered];
        let criteria = prop::collection::vec(one, 0..3);
        let sortable: Vec<&str> = parameters
            .iter()
            .filter(|(_, kind)| !matches!(kind, Kind::Pair))
            .map(|(code, _)| *code)
            .collect();
        let key = (any::<bool>(), select(sortable))
            .prop_map(|(down, code)| format!("{}{code}", if down { "-" } else { "" }));
        let sort = prop::collection::vec(key, 0..3);
        (Just(kind), criteria, sort).prop_map(|(kind, mut pairs, sort)| {
            if !sort.is_empty() {
                pairs.push(format!("_sort={}", sort.join(",")));
            }
            (kind, pairs.join("&"))
        })
    })
}
