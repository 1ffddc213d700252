//! A small lab with one check of each kind.

use std::fs;
use std::path::Path;

use platform::content::{Catalogue, check};

const DESK: &str = r#"+++
id = "desk"
version = "1.0.0"
title = "At the desk"
summary = "A small lab for tests of the faces."
level = "foundation"
minutes = 10
competencies = { "a.b" = 1.0 }
image = "general-hospital"
virtual_now = "2031-03-04T06:00"

[params]
patient = { search = "Patient?active=true" }

[[step]]
id = "find"
title = "Find {patient.name}"

[[step.check]]
kind = "answer"
id = "born"
title = "You know the patient"
ask = "When was {patient.name} born?"
truth = "{patient.birth_date}"
placeholder = "YYYY-MM-DD"
hint = ["Look at number {patient.mrn}.", "Search by identifier."]

[[step]]
id = "write"
title = "Write it down"

[[step.check]]
kind = "fhir"
id = "inactive"
title = "The chart is closed"
search = "Patient?_id={patient.id}"
expect = "entry.resource.active = false"
hint = ["Set active to false."]

[[step.check]]
kind = "http"
id = "private"
title = "Nobody else sees this hospital"
as = "other-learner"
path = "/fhir/Patient/{patient.id}"
expect = { status = 404 }
modifier = "bonus"
hint = ["It is so already."]

[debrief]
ask = ["Who else should know about {patient.name}?"]
+++

Find **{patient.name}**, number {patient.mrn}, at {fhir} and close the chart.
"#;

const TRACK: &str = r#"title = "The desk"
about = "One small lab."
order = 1
labs = ["desk"]
"#;

/// The lab as a catalogue, by way of a folder.
pub(crate) fn desk(folder: &Path) -> Catalogue {
    for (path, text) in [
        ("labs/desk/lab.md", DESK),
        ("labs/desk/variants/plain.toml", "title = \"The plain one\"\n"),
        ("tracks/desk.toml", TRACK),
    ] {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    check(Some(folder)).unwrap().value
}
