//! A hospital and its twin: the same night in both, and in one of them a declared fault. Only what is declared differs.

use std::collections::BTreeMap;

use platform::access::Access;
use platform::labs::Start;
use platform::live::map;
use platform::messages::messages;
use store::journal::Filter;
use training::content::SourceFile;

use crate::home::{Home, home};

const LAB: &str = r#"+++
id = "night"
version = "1.0.0"
title = "A night"
summary = "A night in which one thing may go wrong."
level = "foundation"
minutes = 10
competencies = { "a.b" = 1.0 }
image = "general-hospital"
virtual_now = "2031-03-04T06:00"

[params]
stays = { search = "Encounter?status=in-progress&class=IMP&_include=Encounter:subject&_include=Encounter:location", count = 2 }

[[fault]]
at = "start"
layer = "workflow"
do = "earlier-events"

[[fault.event]]
minutes_ago = 300
fault = { layer = "wire", do = "{what.do}", interface = "{what.interface}", event = "{what.event}", unit = "mg/L", segment = "PV1", code = "2823-3", by = "X-1", minutes = 90, reason = "locked", lasts_min = 290 }

[[fault.event]]
minutes_ago = 280
command = "draft_order"
with = { patient = "{stays.0.patient.id}", orderable = "lab-potassium" }

[[fault.event]]
minutes_ago = 279
command = "sign_orders"
with = { patient = "{stays.0.patient.id}", override_reason = "x" }

[[fault.event]]
minutes_ago = 120
name = "gone"
command = "discharge"
with = { encounter = "{stays.0.id}", disposition = "home" }

[[fault.event]]
minutes_ago = 60
command = "discharge"
with = { encounter = "{stays.1.id}", disposition = "home" }

[[step]]
id = "look"
title = "Look"

[[step.check]]
kind = "journal"
id = "looked"
title = "Somebody looked"
where = { kind = "hl7.viewed" }
hint = ["Look."]

[debrief]
ask = ["What was it?"]
+++

Look at the night of {stays.0.patient.name}.
"#;

/// Strikes, with the interface and event they are about: what differs is there and nowhere else.
const STRIKES: [(&str, &str, &str); 9] = [
    ("lose-message", "adt-lis", "ADT^A03"),
    ("double-message", "adt-lis", "ADT^A03"),
    ("missing-segment", "adt-pharmacy", "ADT^A03"),
    ("clock-drift", "adt-ris", "ADT^A03"),
    ("wrong-code", "results-lis", "ORU^R01"),
    ("bad-unit", "results-lis", "ORU^R01"),
    ("late-ack", "adt-billing", "ADT^A03"),
    ("answer-error", "adt-lis", "ADT^A03"),
    ("answer-reject", "adt-bedboard", "ADT^A03"),
];

/// A variant in which this strikes; `ADT^Z99` is sent by nobody, so that nothing does.
fn variant(strike: &str, interface: &str, event: &str) -> String {
    format!(
        "title = \"{strike}\"\n\n[values]\nwhat = {{ do = \"{strike}\", interface = \"{interface}\", event = \"{event}\" }}\n"
    )
}

fn night() -> Home {
    let file = |path: String, text: String| SourceFile { path, bytes: text.into_bytes() };
    let mut files = vec![file("labs/night/lab.md".to_owned(), LAB.to_owned())];
    let clean = [("clean", variant("lose-message", "adt-lis", "ADT^Z99"))];
    let struck = STRIKES.map(|(strike, interface, event)| (strike, variant(strike, interface, event)));
    for (name, text) in clean.into_iter().chain(struck) {
        files.push(file(format!("labs/night/variants/{name}.toml"), text));
    }
    home(&files)
}

/// Messages by interface and event: state and text, without the number that whoever was queued before them has a part in.
type Traffic = BTreeMap<(String, String), Vec<(String, String)>>;

fn begin(home: &Home, variant: &str) -> Access {
    let how = Start { anew: true, variant: Some(variant.to_owned()), seed: Some(7) };
    let attempt = home.platform.start_attempt(&home.ana, "night", &how).unwrap();
    home.platform.enter(&home.ana, attempt.sandbox.unwrap().as_str(), "test").unwrap()
}

fn traffic(access: &Access) -> Traffic {
    let mut traffic = Traffic::new();
    for interface in map(access).unwrap().interfaces {
        for message in messages(access, &interface.id).unwrap() {
            let text = message.text.unwrap_or_default().replace(&message.control_id, "ID");
            let key = (interface.id.clone(), message.event);
            traffic.entry(key).or_default().push((message.state.to_owned(), text));
        }
    }
    traffic
}

#[test]
fn in_a_twin_hospital_only_the_declared_events_differ() {
    let home = night();
    let clean = begin(&home, "clean");
    let (quiet, chart) = (traffic(&clean), clean.sandbox().state_digest().unwrap());
    assert!(quiet.values().flatten().all(|(state, _)| state == "delivered"), "{quiet:#?}");
    // What is odd and harmless is there without being declared.
    assert!(quiet.values().flatten().any(|(_, text)| text.contains("ZUS|")), "{quiet:#?}");
    assert_eq!(traffic(&begin(&home, "clean")), quiet);
    for (strike, interface, event) in STRIKES {
        let access = begin(&home, strike);
        let mut struck = traffic(&access);
        let key = (interface.to_owned(), event.to_owned());
        let (there, before) = (struck.remove(&key).unwrap(), quiet[&key].clone());
        // A late acknowledgement changes nothing of the message, but makes a second one.
        let others = quiet.iter().filter(|(other, _)| **other != key);
        let others: Traffic = others.map(|(key, list)| (key.clone(), list.clone())).collect();
        assert_ne!(there, before, "{strike} did nothing");
        if event == "ADT^A03" {
            assert_eq!(struck, others, "{strike}");
            assert_eq!(access.sandbox().state_digest().unwrap(), chart, "{strike} reached the chart");
        }
    }
}

#[test]
fn the_past_is_over_when_the_learner_comes() {
    let home = night();
    let access = begin(&home, "clean");
    let after = access.sandbox().fact("begun").unwrap();
    let entries = access.sandbox().journal(&Filter::default()).unwrap();
    let commands = entries.iter().filter(|entry| entry.event.kind == "command").count();
    assert!(commands >= 4, "{commands}");
    let begun = entries.iter().position(|entry| entry.event.kind == "lab.begun").unwrap();
    assert!(entries.iter().skip(begun).all(|entry| entry.event.kind != "command"), "{after:?}");
    let now_us = access.virtual_us();
    assert!(entries.iter().all(|entry| entry.event.virtual_us <= now_us));
}
