//! Who attacks is known to the platform, and to nobody who looks into the hospital.

use std::collections::BTreeMap;
use std::fs;

use platform::desk::{Form, rendered};
use platform::labs::Start;
use store::journal::Filter;
use training::content::SourceFile;

use crate::home::{Home, home};

const LAB: &str = r#"+++
id = "quiet"
version = "1.0.0"
title = "A quiet evening"
summary = "Somebody is in the house."
level = "foundation"
minutes = 10
competencies = { "a.b" = 1.0 }
image = "general-hospital"
virtual_now = "2031-03-06T21:00"

[[fault]]
at = "start"
layer = "actors"
do = "archive-harvest"
pace_s = 40

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

Look.
"#;

fn evening() -> Home {
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    home(&[file("labs/quiet/lab.md", LAB), file("labs/quiet/variants/only.toml", "title = \"Only\"\n")])
}

#[test]
fn neither_the_hospitals_file_nor_any_log_says_who_attacks() {
    let home = evening();
    let how = Start { anew: true, variant: None, seed: Some(7) };
    let attempt = home.platform.start_attempt(&home.ana, "quiet", &how).unwrap();
    let sandbox = attempt.sandbox.clone().unwrap();
    let from = attempt.values["fault"]["attack"]["from"].as_str().unwrap().to_owned();
    let access = home.platform.enter(&home.ana, sandbox.as_str(), "test").unwrap();

    // By what it says of itself, an entry of the attack is one like the others of its kind.
    let entries = home.platform.journal(&access, &Filter::default()).unwrap();
    let mut shapes: BTreeMap<bool, Vec<String>> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.event.detail["level"] == "STUDY") {
        let event = &entry.event;
        let names: Vec<&String> = event.detail.as_object().unwrap().keys().collect();
        let subject = event.subject.is_some();
        let shape = format!("{} {} {} {subject} {names:?}", event.kind, event.target, event.outcome);
        shapes.entry(event.detail["address"] == from.as_str()).or_default().push(shape);
    }
    shapes.values_mut().for_each(|shapes| {
        shapes.sort();
        shapes.dedup();
    });
    assert_eq!(shapes.len(), 2, "there are both: {shapes:?}");
    assert_eq!(shapes[&true], shapes[&false]);

    let telling = ["hostile", "archive-harvest", "\"scene\"", "\"course\"", "adversar"];
    let folder = home.platform.data().join("sandboxes").join(sandbox.as_str());
    let mut looked_at = 0;
    let mut folders = vec![folder];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { &mut folders } else { &mut files }.push(path);
        }
    }
    for file in files {
        let bytes = fs::read(file).unwrap();
        looked_at += bytes.len();
        for word in telling {
            let found = bytes.windows(word.len()).any(|piece| piece.eq_ignore_ascii_case(word.as_bytes()));
            assert!(!found, "the hospital's file holds {word:?}");
        }
    }
    assert!(looked_at > 100_000, "{looked_at} bytes");
    for form in [Form::AuditEvent, Form::Ocsf, Form::Flow] {
        let told = format!("{:?}", rendered(&access, Filter::default(), form).unwrap()).to_lowercase();
        assert!(told.contains(&from) && telling.iter().all(|word| !told.contains(word)));
    }
}
