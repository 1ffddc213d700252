use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Alerts, Detector, Hit, read};
use crate::care::Relation;
use crate::telemetry::{ABOUT_CARE, Record, Signal};

/// What a rule of the pack is tried on.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    fires: Vec<Case>,
    quiet: Vec<Case>,
}

/// A round of events, repeated: `{n}` in a text is the number of the round.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    #[serde(default = "once")]
    repeat: i64,
    #[serde(default = "once")]
    every_s: i64,
    events: Vec<Happened>,
}

fn once() -> i64 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Happened {
    kind: String,
    #[serde(default)]
    actor: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    patient: Option<String>,
    #[serde(default = "ok")]
    outcome: String,
    #[serde(default)]
    at_hour: i64,
    #[serde(default)]
    restricted: Option<bool>,
    #[serde(default)]
    care: Option<Relation>,
    #[serde(default)]
    detail: BTreeMap<String, toml::Value>,
}

fn ok() -> String {
    "ok".to_owned()
}

fn signals(case: &Case) -> Vec<Signal> {
    let round =
        |number: i64| case.events.iter().map(move |event| signal(event, number, number * case.every_s));
    (0..case.repeat).flat_map(round).collect()
}

fn signal(event: &Happened, number: i64, after_s: i64) -> Signal {
    let filled = |text: &str| text.replace("{n}", &number.to_string());
    let detail = event.detail.iter().map(|(name, value)| {
        let value = serde_json::to_value(value).unwrap();
        (name.clone(), value.as_str().map_or(value.clone(), |text| json!(filled(text))))
    });
    Signal::of(&Record {
        seq: number + 1,
        time_us: 1_930_003_200_000_000 + (event.at_hour * 3_600 + after_s) * 1_000_000,
        actor: filled(&event.actor),
        source: filled(&event.source),
        target: "EHR".to_owned(),
        kind: event.kind.clone(),
        subject: event.patient.as_deref().map(filled),
        outcome: event.outcome.clone(),
        detail: Value::Object(detail.collect()),
        restricted: event.restricted,
        care: event.care,
    })
}

fn hits(rules: &str, signals: &[Signal]) -> Vec<Hit> {
    let rules = read(rules).unwrap_or_else(|problems| panic!("{problems:?}"));
    let mut detector = Detector::new(&rules).unwrap();
    signals.iter().flat_map(|signal| detector.feed(signal)).collect()
}

fn pack() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/detections");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "yml"));
    files.sort();
    files.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn every_rule_of_the_pack_fires_and_stays_quiet_as_it_should() {
    let pack = pack();
    assert!(pack.len() >= 15, "{} rules", pack.len());
    for (path, rules) in pack {
        let cases = std::fs::read_to_string(path.with_extension("cases.toml"))
            .unwrap_or_else(|error| panic!("{path:?}: {error}"));
        let cases: Cases = toml::from_str(&cases).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        assert!(!cases.fires.is_empty() && !cases.quiet.is_empty(), "{path:?} lacks a case");
        for case in &cases.fires {
            assert!(!hits(&rules, &signals(case)).is_empty(), "{path:?} should fire: {}", case.why);
        }
        for case in &cases.quiet {
            let found = hits(&rules, &signals(case));
            assert!(found.is_empty(), "{path:?} should be quiet: {}: {found:?}", case.why);
        }
    }
}

#[test]
fn every_rule_names_a_technique_and_a_countermeasure_that_exist() {
    let text = include_str!("../../../../content/detections/techniques.toml");
    let known: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(text).unwrap();
    for (path, rules) in pack() {
        let rules = read(&rules).unwrap();
        let tags: BTreeSet<String> =
            rules.titles().iter().flat_map(|(_, tags)| tags.iter().cloned()).collect();
        for family in ["attack", "d3fend"] {
            let of: Vec<&String> = tags.iter().filter(|tag| tag.starts_with(&format!("{family}."))).collect();
            assert!(!of.is_empty(), "{path:?} names nothing of {family}");
            for tag in of {
                let id = tag.split_once('.').unwrap().1.to_uppercase();
                assert!(known[family].contains_key(&id), "{path:?}: {id} is not in techniques.toml");
            }
        }
    }
}

#[test]
fn the_whole_pack_runs_as_one() {
    let text = pack().into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n---\n");
    let rules = read(&text).unwrap_or_else(|problems| panic!("{problems:?}"));
    assert!(rules.len() > 20, "{}", rules.len());
}

const RULE: &str = "title: A\nname: a\nlevel: low\nlogsource:\n  product: practicum\n  service: fhir\ndetection:\n  selection:\n    kind: fhir.read\n  condition: selection\n";

#[test]
fn mistakes_are_told_where_they_stand() {
    let long = format!("kind|re: '{}'", "a".repeat(401));
    let deep = format!("condition: {}selection", "(".repeat(40));
    for (from, to, place, part) in [
        ("kind: fhir.read", "kind|expand: '%known%'", (9, 10), "nobody fills in"),
        ("kind: fhir.read", "knd: fhir.read", (9, 5), "no signal has a field"),
        ("kind: fhir.read", "kind|wrong: x", (9, 10), "nknown modifier"),
        ("kind: fhir.read", "kind|re: '(a{1000}){1000}'", (9, 15), "repeats too much"),
        ("kind: fhir.read", "kind|re: '(a'", (9, 15), "no regular expression"),
        ("kind: fhir.read", &long, (9, 15), "too long"),
        ("kind: fhir.read", "kind: *all", (9, 11), "alias"),
        ("    kind: fhir.read", "    - ab", (9, 7), "inside everything"),
        ("condition: selection", &deep, (10, 38), "nests too deep"),
        ("condition: selection", "condition: selection and", (10, 27), "ondition"),
        ("condition: selection", "condition: unheard", (10, 14), "unheard"),
        ("product: practicum", "product: windows", (5, 3), "logs of windows"),
        ("  service: fhir\n", "", (4, 1), "every log"),
        ("level: low\n", "", (1, 1), "no level"),
        ("title: A", "rsigma.suppress: 1h", (1, 1), "cannot be set"),
        ("  selection:", " selection:", (0, 0), ""),
    ] {
        let problems = read(&RULE.replace(from, to)).expect_err(to);
        let found = problems.iter().find(|problem| problem.what.contains(part));
        let found = found.unwrap_or_else(|| panic!("{to}: {problems:?}"));
        if place != (0, 0) {
            assert_eq!((found.line, found.column), place, "{to}: {found:?}");
        }
    }
    assert_eq!(read("").unwrap_err()[0].line, 1);
    assert_eq!(read("# only words\n").unwrap_err().len(), 1);
    let twice = format!("{RULE}---\n{RULE}");
    assert!(read(&twice).unwrap_err()[0].what.contains("two rules"));
}

/// Every part of the specification that the rules of `SigmaHQ` use either works on our logs or is refused with what to do; none is
/// passed over.
#[test]
fn what_sigmahq_writes_is_read_or_refused_with_a_reason() {
    let rule = |logsource: &str, detection: &str| {
        format!(
            "title: As SigmaHQ writes them\nlevel: medium\nlogsource:\n{logsource}detection:\n{detection}"
        )
    };
    let own = "  product: practicum\n  service: fhir\n";
    for detection in [
        "  selection_a:\n    query|contains|all:\n      - 'patient='\n      - '_count'\n  selection_b:\n    user|startswith: 'a'\n  condition: 1 of selection_*\n",
        "  selection:\n    kind: fhir.read\n  filter_main_a:\n    address|cidr: '10.20.0.0/16'\n  filter_main_b:\n    client: null\n  condition: selection and not 1 of filter_main_*\n",
        "  selection:\n    query|re: 'name=.{3,20}'\n    rows|gte: 20\n  condition: selection\n",
        "  one:\n    user|endswith:\n      - 'x'\n      - 'y'\n  two:\n    type: 'Pat*'\n  condition: all of them\n",
    ] {
        assert!(read(&rule(own, detection)).is_ok(), "{:?}", read(&rule(own, detection)).err());
    }
    let selection = "  selection:\n    kind: fhir.read\n  condition: selection\n";
    for (logsource, detection, part) in [
        (
            "  category: process_creation\n  product: windows\n",
            "  selection:\n    Image|endswith: '\\whoami.exe'\n  condition: selection\n",
            "logs of windows",
        ),
        (
            "  product: aws\n  service: cloudtrail\n",
            "  selection:\n    eventName: StopLogging\n  condition: selection\n",
            "logs of aws",
        ),
        (
            "  product: linux\n  service: auth\n",
            "  keywords:\n    - 'Accepted password'\n  condition: keywords\n",
            "logs of linux",
        ),
        (own, "  selection:\n    EventID: 4625\n  condition: selection\n", "no signal has a field"),
        (
            own,
            "  selection:\n    address|expand: '%known_addresses%'\n  condition: selection\n",
            "nobody fills in",
        ),
        ("", selection, ""),
    ] {
        let problems = read(&rule(logsource, detection)).expect_err(logsource);
        assert!(
            problems.iter().any(|problem| problem.what.contains(part)),
            "{logsource}{detection}: {problems:?}"
        );
        assert!(problems.iter().all(|problem| problem.line > 0 && !problem.fix.is_empty()));
    }
}

/// A rule that does not ask for them can be run without looking into charts.
#[test]
fn rules_and_queries_say_whether_they_ask_how_somebody_stood_to_a_patient() {
    for (rule, reads) in [
        (RULE.to_owned(), false),
        (RULE.replace("kind: fhir.read", "care: none"), true),
        (RULE.replace("kind: fhir.read", "kind|fieldref: care"), true),
        (RULE.replace("    kind: fhir.read", "    - treating"), true),
        (format!("{RULE}---\n{}", counted("user")), false),
        (format!("{RULE}---\n{}", counted("care")), true),
    ] {
        let rules = read(&rule).unwrap_or_else(|problems| panic!("{rule}: {problems:?}"));
        assert_eq!(rules.read_any(&ABOUT_CARE), reads, "{rule}");
    }
    for (query, reads) in [
        ("kind = fhir.read | stats count by user", false),
        ("kind = fhir.read and care = none", true),
        ("not restricted = yes", true),
        ("kind = fhir.read | stats dc(care) by user", true),
        ("kind = fhir.read | fields time, care", true),
        ("kind = fhir.read | sort care", true),
    ] {
        let parsed = crate::query::parse(query).unwrap_or_else(|error| panic!("{query}: {error:?}"));
        assert_eq!(parsed.reads_any(&ABOUT_CARE), reads, "{query}");
    }
}

fn counted(by: &str) -> String {
    format!(
        "title: B\nlevel: low\ncorrelation:\n  type: event_count\n  rules:\n    - a\n  group-by:\n    - {by}\n  timespan: 1h\n  condition:\n    gte: 3\n"
    )
}

#[test]
fn an_expression_made_to_run_forever_does_not() {
    let rule = RULE.replace("kind: fhir.read", "query|re: '^(a+)+$'");
    let record = Record {
        kind: "fhir.read".to_owned(),
        detail: json!({"query": format!("{}!", "a".repeat(50_000))}),
        ..Record::default()
    };
    assert!(hits(&rule, &[Signal::of(&record)]).is_empty());
}

#[test]
fn a_rule_looks_only_at_its_own_log() {
    let rule = RULE.replace("kind: fhir.read", "user: amy");
    let of = |kind: &str| {
        Signal::of(&Record { kind: kind.to_owned(), actor: "amy".to_owned(), ..Record::default() })
    };
    assert_eq!(hits(&rule, &[of("fhir.read"), of("dicom.find"), of("auth.login")]).len(), 1);
}

#[test]
fn what_goes_on_is_one_alert() {
    let hit = |minute: i64, user: &str| Hit {
        rule: "r".to_owned(),
        title: "R".to_owned(),
        level: "low".to_owned(),
        tags: Vec::new(),
        group: vec![("user".to_owned(), user.to_owned())],
        value: minute as f64,
        seq: minute,
        time_us: minute * 60_000_000,
    };
    let mut alerts = Alerts::new(3_600_000_000);
    let raised: Vec<bool> = [(0, "amy"), (5, "amy"), (6, "bob"), (50, "amy"), (109, "amy"), (200, "amy")]
        .map(|(minute, user)| alerts.take(hit(minute, user)))
        .to_vec();
    assert_eq!(raised, [true, false, true, false, false, true]);
    let first = &alerts.raised()[0];
    assert_eq!((first.hits, first.value, first.seqs.len()), (4, 109.0, 4));
}

proptest! {
    #[test]
    fn any_text_is_rules_or_problems_in_it(text in "(title|name|level|logsource|detection|condition|correlation|[a-z:|&*'\" \n()\\-]){0,40}") {
        if let Err(problems) = read(&text) {
            let lines = text.lines().count().max(1);
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!((1..=lines + 1).contains(&problem.line), "{:?} in {} lines", problem, lines);
            }
        }
    }
}
