//! A lab whose scripts act as devices over DICOM: strangers are refused, the worklist is asked, and pictures arrive.

use std::sync::Arc;

use platform::clock::SystemClock;
use platform::labs::{Speed, verify};
use training::content::SourceFile;

use super::hands::InProcess;
use crate::home::{Home, home};

const LAB: &str = r#"+++
id = "pictured"
version = "1.0.0"
title = "A picture is taken"
summary = "A small lab about a device."
level = "foundation"
minutes = 10
competencies = { "a.b" = 1.0 }
image = "general-hospital"
virtual_now = "2031-03-04T06:00"

[params]
patient = { search = "Patient", only = "deceased.exists().not() and active = true" }
own = { digits = 12 }

[[fault]]
at = "start"
do = "earlier-events"

[[fault.event]]
minutes_ago = 9
by = "technologist"
let_in = "LAPTOP"

[[fault.event]]
minutes_ago = 8

[fault.event.picture]
calling = "LAPTOP"
store = { patient_id = "{patient.mrn}", patient_name = "{patient.family}", study = "2.25.1{own}", modality = "US" }

[[step]]
id = "send"
title = "Send"

[[step.check]]
kind = "journal"
id = "asked"
title = "The device asked what is to be done"
where = { kind = "dicom.find", source = "US01", outcome = "ok", "detail.level" = "WORKLIST" }
hint = ["Ask."]

[[step.check]]
kind = "journal"
id = "sent"
title = "A picture came from the device, once, for nobody's order"
where = { kind = "dicom.store", source = "US01", outcome = "ok", "detail.unmatched" = "accession" }
expect = { count = "= 1" }
hint = ["Send."]

[[step.check]]
kind = "journal"
id = "stranger"
title = "A stranger was refused"
where = { kind = "dicom.refused", source = "US99", outcome = "calling-ae-title" }
hint = ["Call under another title."]

[debrief]
ask = ["Who else may call?"]
+++

Act as the ultrasound, for **{patient.name}**.
"#;

const SOLUTION: &str = r#"title = "Asks, sends, sends the same again"

[[do]]
status = 403
save = "refusal"
dicom = { calling = "US99", worklist = { modality = "US" } }

[[do]]
id = "ask"
save = "list"
dicom = { calling = "US01", worklist = { modality = "US", patient_name = "*" } }

[[do]]
for_each = "list.items"
fhir = { search = "Patient?identifier={each.patient_id}" }

[[do]]
id = "send"
dicom = { calling = "US01", store = { patient_id = "{patient.mrn}", patient_name = "{patient.family}", study = "2.25.2{own}", modality = "US" } }

[[do]]
dicom = { calling = "US01", store = { patient_id = "{patient.mrn}", patient_name = "{patient.family}", study = "2.25.2{own}", modality = "US" } }

[[do]]
status = 409
save = "conflict"
dicom = { calling = "US01", store = { patient_id = "{patient.mrn}", patient_name = "Other", study = "2.25.2{own}", modality = "US" } }

[[do]]
status = 422
dicom = { calling = "US01", store = { patient_id = "{patient.mrn}", patient_name = "Other", study = "no UID", modality = "US" } }

[[do]]
fhir = { search = "Patient?family={refusal.refused},{conflict.status}" }
"#;

const SILENT: &str = r#"title = "Nobody asks"
fails = ["asked", "stranger"]

[[do]]
dicom = { calling = "US01", store = { patient_id = "1", patient_name = "X", study = "2.25.3{own}", modality = "US" } }
"#;

#[test]
fn devices_of_a_script_are_let_in_answered_and_refused_as_on_the_wire() {
    let files = [
        ("labs/pictured/lab.md", LAB),
        ("labs/pictured/variants/plain.toml", "title = \"The plain one\"\n"),
        ("labs/pictured/solution/asks.toml", SOLUTION),
        ("labs/pictured/wrong/silent.toml", SILENT),
    ];
    let files = files.map(|(path, text)| SourceFile::new(path, text));
    let Home { platform, .. } = &home(&files);
    let hands = InProcess(Arc::clone(platform));
    let report =
        verify(platform, &hands, &SystemClock, &["pictured".to_owned()], &[], Speed::Untimed, &|_, _| ())
            .unwrap();
    assert!(report.holds(), "{report:#?}");
}
