//! Exports: what is in their files, who sees them, and when they go.

use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use platform::entropy::SeededEntropy;
use platform::exports::{ExportStatus, Level};
use platform::fhir::{Context, FhirError, Refusal};
use platform::people::{NewPerson, Person, Role};
use platform::{Limits, Platform};
use serde_json::{Value, json};
use standards::fhir::instant;

use super::desk::{BASE, Desk, NOW_US, desk, json_of, patient, refused};

fn start_as(desk: &Desk, person: &Person, level: Level<'_>, query: &str) -> Result<String, FhirError> {
    desk.clock.advance(1_000_000);
    let access = desk.platform.enter(person, &desk.sandbox, "client").unwrap();
    let (entropy, limits) = (desk.platform.entropy(), &desk.platform.limits().json);
    let context = Context { access: &access, base_url: BASE, entropy, limits };
    desk.platform.start_export(&context, level, query, None, false)
}

fn start(desk: &Desk, level: Level<'_>, query: &str) -> Result<String, FhirError> {
    start_as(desk, &desk.ana, level, query)
}

/// The manifest of an export when it is done.
fn manifest(desk: &Desk, job: &str) -> Value {
    for _ in 0..5000 {
        match desk.platform.export_status(&desk.access(), BASE, job).unwrap() {
            ExportStatus::Running { progress } => assert!(progress.ends_with("resources written")),
            ExportStatus::Done { manifest, .. } => return serde_json::from_slice(&manifest).unwrap(),
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("the export takes too long");
}

fn fetch(desk: &Desk, job: &str, name: &str) -> Result<String, FhirError> {
    let mut found = desk.platform.export_file(&desk.access(), job, name)?;
    let mut text = String::new();
    found.file.read_to_string(&mut text).unwrap();
    assert_eq!(found.size_bytes, text.len() as u64);
    Ok(text)
}

/// Type and id of everything that an export holds, sorted, with what its manifest says compared on the way.
fn exported(desk: &Desk, level: Level<'_>, query: &str) -> Vec<String> {
    let job = start(desk, level, query).unwrap();
    let mut found = Vec::new();
    for output in manifest(desk, &job)["output"].as_array().unwrap() {
        let url = output["url"].as_str().unwrap();
        let name = url.strip_prefix(&format!("{BASE}/$export-file/{job}/")).unwrap();
        let lines: Vec<Value> = fetch(desk, &job, name)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(output["count"].as_u64(), Some(lines.len() as u64));
        for resource in lines {
            assert_eq!(resource["resourceType"], output["type"]);
            found.push(format!(
                "{}/{}",
                resource["resourceType"].as_str().unwrap(),
                resource["id"].as_str().unwrap()
            ));
        }
    }
    found.sort();
    found
}

/// A group of Berg, and Tal who left it; a laboratory, and a weight of nobody.
fn furnish(desk: &Desk) {
    let member = |id: &str, inactive: bool| json!({"entity": {"reference": format!("Patient/{id}")}, "inactive": inactive});
    let group = json!({"resourceType": "Group", "id": "cohort", "type": "person", "actual": true,
        "member": [member("berg", false), member("tal", true)]});
    desk.update("Group", "cohort", &group).unwrap();
    desk.update(
        "Organization",
        "lab",
        &json!({"resourceType": "Organization", "id": "lab", "name": "Laboratory"}),
    )
    .unwrap();
    let of_nobody =
        json!({"resourceType": "Observation", "id": "of-nobody", "status": "final", "code": {"text": "c"}});
    desk.update("Observation", "of-nobody", &of_nobody).unwrap();
}

#[test]
fn a_level_holds_what_it_says() {
    let desk = desk();
    furnish(&desk);
    let all = [
        "Group/cohort",
        "Observation/of-nobody",
        "Observation/w1",
        "Observation/w2",
        "Organization/lab",
        "Patient/berg",
        "Patient/tal",
    ];
    assert_eq!(exported(&desk, Level::System, ""), all);
    let of_patients = ["Group/cohort", "Observation/w1", "Observation/w2", "Patient/berg", "Patient/tal"];
    assert_eq!(exported(&desk, Level::Patients, "_outputFormat=application/fhir%2Bndjson"), of_patients);
    assert_eq!(
        exported(&desk, Level::Group("cohort"), ""),
        ["Group/cohort", "Observation/w1", "Patient/berg"]
    );
}

#[test]
fn types_and_filters_choose() {
    let desk = desk();
    furnish(&desk);
    for (level, query, expected) in [
        (Level::System, "_type=Patient", &["Patient/berg", "Patient/tal"][..]),
        (Level::System, "_type=Patient,Organization", &["Organization/lab", "Patient/berg", "Patient/tal"]),
        (Level::System, "_type=Organization&_type=Group", &["Group/cohort", "Organization/lab"]),
        (Level::System, "_type=Device", &[]),
        (Level::System, "_type=Patient&_typeFilter=Patient%3Ffamily%3Dberg", &["Patient/berg"]),
        (
            Level::System,
            "_type=Patient,Organization&_typeFilter=Patient%3Ffamily%3Dberg",
            &["Organization/lab", "Patient/berg"],
        ),
        (
            Level::System,
            "_type=Patient&_typeFilter=Patient%3Ffamily%3Dberg,Patient%3Fbirthdate%3D1960-02-02,Patient%3Ffamily%3DBerg",
            &["Patient/berg", "Patient/tal"],
        ),
        (
            Level::Patients,
            "_typeFilter=Observation%3Fvalue-quantity%3Dgt70,lt10&_type=Observation",
            &["Observation/w1"],
        ),
        (
            Level::Patients,
            "_type=Observation&_typeFilter=Observation%3Fstatus%3Dfinal",
            &["Observation/w1", "Observation/w2"],
        ),
        (
            Level::Group("cohort"),
            "_type=Observation&_typeFilter=Observation%3Fstatus%3Dfinal,amended",
            &["Observation/w1"],
        ),
    ] {
        assert_eq!(exported(&desk, level, query), expected, "{query}");
    }
}

#[test]
fn stored_bytes_go_out_as_they_are_on_one_line() {
    let desk = desk();
    let made = desk.create("Observation", "{\"resourceType\":\"Observation\",\n  \"status\":\"final\",\n  \"code\":{\"text\":\"a\\nb\"},\"valueQuantity\":{\"value\":80.10}}").unwrap();
    let job = start(&desk, Level::System, "_type=Observation").unwrap();
    manifest(&desk, &job);
    let text = fetch(&desk, &job, "Observation.ndjson").unwrap();
    let stored = String::from_utf8(made.body).unwrap();
    assert!(stored.contains('\n') && text.contains(&stored.replace('\n', " ")), "{text}");
    assert_eq!(text.lines().count(), 3);
}

#[test]
fn what_is_written_afterwards_is_not_in_it() {
    let desk = desk();
    let job = start(&desk, Level::System, "").unwrap();
    desk.create("Patient", patient("Late").to_string()).unwrap();
    desk.update("Patient", "berg", &json!({"resourceType": "Patient", "id": "berg", "active": true}))
        .unwrap();
    desk.delete("Patient", "tal").unwrap();
    let manifest = manifest(&desk, &job);
    let text = fetch(&desk, &job, "Patient.ndjson").unwrap();
    assert!(text.contains("Berg") && text.contains("Tal") && !text.contains("Late"), "{text}");
    let moment = instant::format(NOW_US + 1_000_000);
    assert_eq!(manifest["transactionTime"], moment, "the hospital's own time");
    assert_eq!((&manifest["requiresAccessToken"], &manifest["error"]), (&json!(true), &json!([])));
    assert_eq!(manifest["request"], format!("{BASE}/$export"));
    // What came afterwards is exactly what has changed since.
    let query = format!("_since={moment}");
    let job = start(&desk, Level::System, &query).unwrap();
    let manifest = self::manifest(&desk, &job);
    assert_eq!(manifest["request"], format!("{BASE}/$export?{query}"));
    assert_eq!(manifest["output"][0]["count"], 2, "{manifest}");
    let deleted = manifest["deleted"][0]["url"].as_str().unwrap();
    assert!(deleted.ends_with("/deleted.ndjson") && manifest["deleted"][0]["type"] == "Bundle", "{manifest}");
    let bundle: Value = serde_json::from_str(&fetch(&desk, &job, "deleted.ndjson").unwrap()).unwrap();
    assert_eq!(bundle["type"], "transaction");
    assert_eq!(bundle["entry"], json!([{"request": {"method": "DELETE", "url": "Patient/tal"}}]));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let desk = desk();
    furnish(&desk);
    for query in [
        "_type=Nonsense",
        "_type=",
        "_since=yesterday",
        "_outputFormat=text/csv",
        "_typeFilter=Patient",
        "_typeFilter=Patient%3F",
        "_typeFilter=Patient%3Fnonsense%3D1",
        "_typeFilter=Patient%3Ffamily%3Da%26_sort%3Dfamily",
        "_typeFilter=Patient%3Ffamily%3Da%26_count%3D1",
        "_type=Group&_typeFilter=Patient%3Ffamily%3Da",
        "patient=Patient/berg",
    ] {
        assert_eq!(refused(start(&desk, Level::System, query)), Refusal::Malformed, "{query}");
        assert_eq!(desk.last().event.outcome, "malformed", "{query}");
    }
    assert_eq!(refused(start(&desk, Level::Patients, "_type=Organization")), Refusal::Malformed);
    assert_eq!(refused(start(&desk, Level::Group("never"), "")), Refusal::NotFound);
    desk.delete("Group", "cohort").unwrap();
    assert_eq!(refused(start(&desk, Level::Group("cohort"), "")), Refusal::Gone);
    let many = format!("_typeFilter={}", vec!["Patient%3Ffamily%3Da"; 51].join(","));
    assert_eq!(refused(start(&desk, Level::System, &many)), Refusal::Malformed);
}

#[test]
fn an_export_is_seen_by_who_asked_for_it_alone() {
    let desk = desk();
    let job = start(&desk, Level::System, "").unwrap();
    manifest(&desk, &job);
    let new = NewPerson { login: "ines", name: "Ines", role: Role::Instructor, password: None };
    let ines = desk.platform.people().add(new).unwrap();
    let access = desk.platform.enter(&ines, &desk.sandbox, "client").unwrap();
    assert_eq!(refused(desk.platform.export_status(&access, BASE, &job)), Refusal::NotFound);
    assert_eq!(refused(desk.platform.export_file(&access, &job, "Patient.ndjson")), Refusal::NotFound);
    assert_eq!(refused(desk.platform.cancel_export(&access, &job)), Refusal::NotFound);
    let other = desk.platform.start_sandbox(&desk.ana, "small", "Other", None).unwrap().id.to_string();
    let elsewhere = desk.platform.enter(&desk.ana, &other, "client").unwrap();
    assert_eq!(refused(desk.platform.export_status(&elsewhere, BASE, &job)), Refusal::NotFound);
    for name in ["", "Group.ndjson", "hospital.sqlite", "../../hospital.sqlite", "Patient.ndjson/"] {
        assert_eq!(refused(fetch(&desk, &job, name)), Refusal::NotFound, "{name}");
    }
}

#[test]
fn files_go_when_they_are_deleted_when_their_time_is_over_and_with_the_sandbox() {
    let desk = desk();
    let folder = desk.folder.path().join("sandboxes").join(&desk.sandbox).join("exports");
    let files = |job: &str| folder.join(job).exists();
    let done = || {
        let job = start(&desk, Level::System, "").unwrap();
        manifest(&desk, &job);
        let names = std::fs::read_dir(folder.join(&job)).unwrap().map(|file| file.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
        names.sort();
        // The frozen hospital goes a moment after the last file is there.
        names.retain(|name| name.ends_with(".ndjson"));
        assert_eq!(names, ["Observation.ndjson", "Patient.ndjson"]);
        job
    };
    let job = done();
    desk.platform.cancel_export(&desk.access(), &job).unwrap();
    assert!(!files(&job));
    assert_eq!(refused(desk.platform.export_status(&desk.access(), BASE, &job)), Refusal::NotFound);

    let job = done();
    desk.clock.advance(3_599_000_000);
    assert!(fetch(&desk, &job, "Patient.ndjson").is_ok());
    desk.clock.advance(2_000_000);
    desk.platform.tidy_up(i64::MAX / 2).unwrap();
    assert!(!files(&job));

    let jobs: Vec<String> = (0..11).map(|_| done()).collect();
    let left: Vec<bool> = jobs.iter().map(|job| files(job)).collect();
    assert_eq!((left[0], left[1..].iter().all(|left| *left)), (false, true), "ten are kept");

    let (clock, entropy) = (Arc::clone(&desk.clock), Arc::new(SeededEntropy::new(9)));
    let again =
        Platform::open(desk.folder.path(), Default::default(), Limits::default(), clock, entropy).unwrap();
    assert!(folder.exists(), "another program that opens the data folder takes nothing");
    again.tidy_up(i64::MAX / 2).unwrap();
    assert!(!folder.exists(), "a server that starts knows of none");
    drop(again);
    let job = done();
    desk.platform.delete_sandbox(&desk.ana, &desk.sandbox).unwrap();
    assert!(!files(&job));
}

#[test]
fn everything_about_exports_is_journalled() {
    let desk = desk();
    let job = start(&desk, Level::Patients, "_type=Patient").unwrap();
    manifest(&desk, &job);
    fetch(&desk, &job, "Patient.ndjson").unwrap();
    desk.platform.cancel_export(&desk.access(), &job).unwrap();
    let mut told: Vec<(String, Value)> = Vec::new();
    for entry in desk.journal() {
        if entry.event.kind == "fhir.export" {
            assert_eq!((entry.event.actor.as_str(), entry.event.outcome.as_str()), ("ana", "ok"));
            assert_eq!(entry.event.detail["job"], job);
            told.push((entry.event.detail["step"].as_str().unwrap().to_owned(), entry.event.detail));
        }
    }
    let steps: Vec<&str> = told.iter().map(|(step, _)| step.as_str()).collect();
    let mut sorted = steps.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, ["asked", "deleted", "done", "fetched"], "{steps:?}");
    let of = |wanted: &str| &told.iter().find(|(step, _)| step == wanted).unwrap().1;
    assert_eq!((&of("asked")["level"], &of("asked")["query"]), (&json!("patients"), &json!("_type=Patient")));
    assert_eq!((&of("done")["resources"], &of("done")["files"]), (&json!(2), &json!(1)));
    assert_eq!(of("fetched")["file"], "Patient.ndjson");
}

#[test]
fn an_export_changes_nothing() {
    let desk = desk();
    let before = desk.digest();
    exported(&desk, Level::System, "");
    assert_eq!(desk.digest(), before);
    assert_eq!(json_of(&desk.read("Patient", "berg").unwrap())["id"], "berg");
}
