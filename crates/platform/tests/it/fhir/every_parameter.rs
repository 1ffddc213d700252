//! Every search parameter of every type that is there finds what brute force finds, over a generated hospital and over the
//! examples of US Core, with changes laid over both.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use platform::fhir::{Interaction, perform};
use platform::images::{Recipe, generate_image, import_image};
use serde_json::Value;
use standards::fhir::search::query::{ParseContext, Query, Total, parse};
use standards::fhir::search::{
    IndexEntry, IndexValue, Others, Parameters, SearchKind, SearchParameter, extract, matches_among,
};

use super::desk::{BASE, Desk, NOW_US, desk};

/// Values tried for each parameter.
const SAMPLES: usize = 3;

/// The resources that are there now, by type and id.
#[derive(Default)]
struct Live(BTreeMap<String, BTreeMap<String, (Value, Vec<IndexEntry>)>>);

impl Live {
    fn of(desk: &Desk) -> Self {
        let mut live = Self::default();
        let each = |stored: store::sandbox::Stored| {
            let resource: Value = serde_json::from_slice(&stored.body).unwrap();
            let entries = extract(&resource);
            live.0.entry(stored.kind).or_default().insert(stored.id, (resource, entries));
            Ok(())
        };
        desk.access().sandbox().view(|view| view.each_resource(None, each)).unwrap();
        live
    }

    fn expected(&self, query: &Query) -> BTreeSet<&str> {
        let of_type = self.0[&query.resource_type].iter();
        let found = of_type.filter(|(_, (resource, entries))| matches_among(self, query, resource, entries));
        found.map(|(id, _)| id.as_str()).collect()
    }
}

impl Others for Live {
    fn get(&self, kind: &str, id: &str) -> Option<(Value, Vec<IndexEntry>)> {
        self.0.get(kind)?.get(id).cloned()
    }

    fn any(&self, kind: &str, wanted: &mut dyn FnMut(&Value, &[IndexEntry]) -> bool) -> bool {
        self.0
            .get(kind)
            .into_iter()
            .flat_map(BTreeMap::values)
            .any(|(resource, entries)| wanted(resource, entries))
    }
}

fn escaped(text: &str) -> String {
    text.chars()
        .flat_map(|letter| "\\,$|".contains(letter).then_some('\\').into_iter().chain([letter]))
        .collect()
}

/// A value as a query would name it, without a modifier.
fn written(value: &IndexValue) -> Option<String> {
    let moment = |us: i64| standards::fhir::instant::format(us);
    Some(match value {
        IndexValue::Token { system, code } => {
            let system = system.as_deref().map(|system| escaped(system) + "|").unwrap_or_default();
            system + &escaped(code)
        }
        IndexValue::String { value, .. } => escaped(value),
        IndexValue::Date { low_us, .. } if *low_us > i64::MIN => moment(*low_us)[..10].to_owned(),
        IndexValue::Date { high_us, .. } => moment(*high_us)[..10].to_owned(),
        IndexValue::Number { low, high } | IndexValue::Quantity { low, high, .. } => {
            let number = if low.is_finite() { low } else { high };
            format!("{number}")
        }
        IndexValue::Reference { target } => escaped(target),
        IndexValue::Uri { value } => escaped(value),
        IndexValue::Label { .. } => return None,
    })
}

/// The queries that a parameter and a value of it suggest.
fn queries(parameter: &SearchParameter, entry: &IndexEntry) -> Vec<(String, String)> {
    let code = &parameter.code;
    let plain = |value: String| vec![(code.clone(), value)];
    let Some(value) = written(&entry.value) else {
        let IndexValue::Label { value } = &entry.value else { return Vec::new() };
        let start: String = value.chars().take(5).collect();
        return vec![(format!("{code}:text"), escaped(&start))];
    };
    match &entry.value {
        IndexValue::Token { code: word, .. } => {
            let word = escaped(word);
            vec![(code.clone(), value.clone()), (format!("{code}:not"), value), (code.clone(), word)]
        }
        IndexValue::String { exact, .. } => {
            let start: String = value.chars().take(3).filter(|letter| *letter != '\\').collect();
            let middle: String =
                exact.chars().skip(1).take(4).filter(|letter| letter.is_alphanumeric()).collect();
            let mut asked =
                vec![(format!("{code}:exact"), escaped(exact)), (code.clone(), start + "x,x" + &value)];
            if !middle.is_empty() {
                asked.push((format!("{code}:contains"), middle));
            }
            asked
        }
        IndexValue::Date { .. } | IndexValue::Number { .. } | IndexValue::Quantity { .. } => {
            ["", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"]
                .iter()
                .flat_map(|prefix| plain(format!("{prefix}{value}")))
                .collect()
        }
        IndexValue::Uri { .. } => vec![(code.clone(), value.clone()), (format!("{code}:below"), value)],
        IndexValue::Reference { target } => {
            let mut asked = plain(value);
            if let Some((kind, id)) =
                target.split_once('/').filter(|(kind, _)| parameter.targets.iter().any(|known| known == kind))
            {
                asked.push((format!("{code}:{kind}._id"), id.to_owned()));
                asked.push((format!("{code}:{kind}._lastUpdated"), "gt1999".to_owned()));
            }
            asked
        }
        IndexValue::Label { .. } => Vec::new(),
    }
}

/// What a composite's values in the elements of a resource suggest: a query that meets in one element, and one whose parts
/// stand in two.
fn composites(parameter: &SearchParameter, kind: &str, entries: &[IndexEntry]) -> Vec<(String, String)> {
    let of_part = |at| {
        let key = standards::fhir::search::ParamKey::part(kind, &parameter.code, at);
        entries.iter().filter(move |entry| entry.param == key)
    };
    let (Some(first), Some(last)) = (of_part(0).next(), of_part(1).next_back()) else { return Vec::new() };
    let beside = of_part(1).find(|entry| entry.element == first.element).unwrap_or(last);
    let pair = |other: &IndexEntry| Some(format!("{}${}", written(&first.value)?, written(&other.value)?));
    let values = [pair(beside), pair(last)].into_iter().flatten();
    values.map(|value| (parameter.code.clone(), value)).collect()
}

/// Each query with what brute force expects of it. Returns how many found something.
fn check(desk: &Desk, live: &Live, kind: &str, pair: &(String, String)) -> usize {
    let context = ParseContext::new(BASE, NOW_US);
    let query = parse(kind, std::slice::from_ref(pair), Parameters::r4(), &context);
    assert_eq!(query.problems, [], "{kind}?{}={}", pair.0, pair.1);
    let query = Query { total: Total::None, ..query };
    let found = desk.access().sandbox().view(|view| view.search(&query, 10_000)).unwrap();
    let ids: BTreeSet<&str> = found.hits.iter().map(|hit| hit.id.as_str()).collect();
    assert_eq!(ids.len(), found.hits.len(), "{kind}?{}={} gives a hit twice", pair.0, pair.1);
    assert_eq!(ids, live.expected(&query), "{kind}?{}={}", pair.0, pair.1);
    usize::from(!ids.is_empty())
}

/// Deletes every ninth resource, and gives every seventh the values of another.
fn disturb(desk: &Desk) {
    let live = Live::of(desk);
    let access = desk.access();
    let limits = &desk.platform.limits().json;
    let context =
        platform::fhir::Context { access: &access, base_url: BASE, entropy: desk.platform.entropy(), limits };
    for (kind, of_type) in &live.0 {
        let ids: Vec<&String> = of_type.keys().collect();
        for (at, id) in ids.iter().enumerate() {
            if at % 9 == 4 {
                perform(&context, &Interaction::Delete { kind, id, if_match: None }).unwrap();
            } else if at % 7 == 3 {
                let mut twin = of_type[ids[(at * 5 + 1) % ids.len()]].0.clone();
                twin["id"] = id.as_str().into();
                let body = twin.to_string();
                perform(&context, &Interaction::Update { kind, id, body: body.as_bytes(), if_match: None })
                    .unwrap();
            }
        }
    }
}

/// Tries every parameter of every type in a sandbox over an image. Returns how many queries found something.
fn try_all(desk: &Desk) -> usize {
    disturb(desk);
    let live = Live::of(desk);
    let mut found = 0;
    for (kind, of_type) in &live.0 {
        for parameter in Parameters::r4().of(kind) {
            let mut asked: BTreeSet<(String, String)> = BTreeSet::new();
            let mine = |entry: &&IndexEntry| entry.param == parameter.key;
            let entries: Vec<&IndexEntry> =
                of_type.values().flat_map(|(_, entries)| entries.iter().filter(mine)).collect();
            for entry in entries.iter().step_by(entries.len() / SAMPLES + 1) {
                asked.extend(queries(parameter, entry));
            }
            if parameter.kind == SearchKind::Composite {
                for (_, entries) in of_type.values().step_by(of_type.len() / SAMPLES + 1) {
                    asked.extend(composites(parameter, kind, entries));
                }
            }
            if !matches!(parameter.kind, SearchKind::Id | SearchKind::LastUpdated) {
                asked.extend(
                    ["true", "false"]
                        .map(|missing| (format!("{}:missing", parameter.code), missing.to_owned())),
                );
            }
            found += asked.iter().map(|pair| check(desk, &live, kind, pair)).sum::<usize>();
        }
    }
    found
}

#[test]
fn of_a_generated_hospital() {
    let mut desk = desk();
    let recipe = Recipe { patients: 6, seed: 9, ..Recipe::default() };
    generate_image(
        desk.platform.images(),
        "made",
        "Made",
        &recipe,
        &platform::content::pathways(None).unwrap(),
        &|_| {},
    )
    .unwrap();
    desk.sandbox = desk.platform.start_sandbox(&desk.ana, "made", "Every", None).unwrap().id.to_string();
    let found = try_all(&desk);
    assert!(found > 400, "only {found} queries found something");
}

#[test]
fn of_the_examples_of_us_core() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/us-core-6.1.0.tgz");
    if !package.exists() {
        println!("skipped: {} is not there", package.display());
        return;
    }
    let mut desk = desk();
    import_image(desk.platform.images(), "core", "US Core", &package, NOW_US).unwrap();
    desk.sandbox = desk.platform.start_sandbox(&desk.ana, "core", "Every", None).unwrap().id.to_string();
    let found = try_all(&desk);
    assert!(found > 400, "only {found} queries found something");
}
