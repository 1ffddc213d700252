//! One person, one chart: searching in spite of typos, registering once, merging and taking it back. And beds.

use hospital::ehr::EhrError;
use platform::ehr::chart::{PatientQuery, patients};
use platform::ehr::commands::CommandError;
use serde_json::{Value, json};

use super::house::{Ward, ward};

fn found(ward: &Ward, text: &str) -> (Vec<String>, Vec<String>) {
    let query = PatientQuery { text: text.to_owned(), ..PatientQuery::default() };
    let page = patients(&ward.access, &query).unwrap();
    let exact = page.rows.into_iter().map(|row| row.identity.id).collect();
    (exact, page.similar.into_iter().map(|one| one.row.identity.id).collect())
}

#[test]
fn a_typo_finds_the_patient_nevertheless() {
    let ward = ward();
    let patient = ward.register("Okafor");
    let mrn = ward.read(&format!("Patient/{patient}"))["identifier"][0]["value"].as_str().unwrap().to_owned();
    let shorter = &mrn[..mrn.len() - 1];
    for text in ["Okafor", "ruth okafor 1984-02-29", &mrn] {
        assert_eq!(found(&ward, text).0, [patient.as_str()], "{text}");
    }
    for text in ["Okafro", "Rhut Okafor", "okafor, 1984-02-28", shorter] {
        let (exact, similar) = found(&ward, text);
        assert!(exact.is_empty(), "{text}");
        assert_eq!(similar.first(), Some(&patient), "{text}");
    }
    assert_eq!(found(&ward, "Zzyzx 1801-01-01"), (vec![], vec![]));
    ward.fhir(&platform::fhir::Interaction::Delete { kind: "Patient", id: &patient, if_match: None })
        .unwrap();
    assert!(!found(&ward, "Okafro").1.contains(&patient));
}

#[test]
fn whoever_is_much_like_somebody_is_registered_only_after_a_look() {
    let ward = ward();
    let first = ward.register("Okafor");
    let form = |family: &str, given: &str, born: &str| json!({"family": family, "given": given, "birth_date": born, "sex": "female"});
    let cases = [
        (form("Okafro", "Ruth", "1984-02-29"), true),
        (form("Okafor", "Ruht Ann", "1984-02-29"), true),
        (form("Ruth", "Okafor", "1984-02-29"), true),
        (form("Okafor", "Esther", "1984-02-29"), false),
        (form("Lindqvist", "Ruth", "1951-07-03"), false),
    ];
    for (form, warned) in cases {
        let done = ward.run("register", form.clone());
        match done {
            Err(CommandError::Refused(EhrError::Duplicate(alike))) => {
                assert!(warned && alike[0].id == first, "{form}");
            }
            other => assert!(!warned && other.is_ok(), "{form}: {other:?}"),
        }
    }
}

/// Everything of a hospital that a merge may touch, without versions and times.
fn state(ward: &Ward, patients: [&str; 2]) -> Vec<Value> {
    let kinds = ["Encounter", "Observation", "DocumentReference", "Condition", "ServiceRequest", "Task"];
    let of_patient = |kind: &str, id: &str| ward.search(&format!("{kind}?patient=Patient/{id}&_count=500"));
    let mut all: Vec<Value> = patients.iter().map(|id| ward.read(&format!("Patient/{id}"))).collect();
    all.extend(
        patients.iter().flat_map(|id| kinds.iter().flat_map(|kind| of_patient(kind, id)).collect::<Vec<_>>()),
    );
    all.iter_mut().for_each(|one| drop(one.as_object_mut().unwrap().remove("meta")));
    all.sort_by_key(Value::to_string);
    all
}

#[test]
fn a_merge_moves_a_whole_chart_and_an_unmerge_brings_it_back() {
    let ward = ward();
    // A patient of the image with years of records, and one registered at the desk by mistake.
    let old = ward.search("Observation?_count=1")[0]["subject"]["reference"].as_str().unwrap().to_owned();
    let old = old.trim_start_matches("Patient/").to_owned();
    let new = ward.register("Okafor");
    ward.run("record_vitals", json!({"patient": old, "heart_rate": 91})).unwrap();
    ward.run("write_note", json!({"patient": new, "text": "Slept well."})).unwrap();
    let before = state(&ward, [&old, &new]);
    ward.work_as("him-clerk");
    let mrn = ward.read(&format!("Patient/{new}"))["identifier"][0]["value"].clone();
    assert_eq!(
        ward.refused("merge_patients", json!({"surviving": mrn, "retired": new, "reason": "same"})),
        ["retired"]
    );
    let form = json!({"surviving": mrn, "retired": old, "reason": "maiden name", "expected_version": 1});
    let merged = ward.run("merge_patients", form.clone()).unwrap();
    assert!(merged.resources.len() > 50, "{}", merged.message);
    assert_eq!(ward.search(&format!("Observation?patient=Patient/{old}")).len(), 0);
    assert_eq!(ward.read(&format!("Patient/{old}"))["active"], false);
    assert_eq!(ward.refused("merge_patients", form), ["retired"]);
    ward.run("unmerge_patients", json!({"retired": old, "reason": "two people after all"})).unwrap();
    assert_eq!(state(&ward, [&old, &new]), before);
    assert_eq!(ward.refused("unmerge_patients", json!({"retired": old, "reason": "again"})), ["retired"]);
}

#[test]
fn a_bed_is_dirty_after_a_patient_and_taken_only_when_clean() {
    let ward = ward();
    let (first, second) = (ward.register("Okafor"), ward.register("Lindqvist"));
    let bed = ward.free_beds("4W")[0].clone();
    let code = |ward: &Ward| ward.read(&format!("Location/{}", bed.1))["operationalStatus"]["code"].clone();
    let admit = |patient: &str| json!({"patient": patient, "location": bed.1, "reason": "sepsis"});
    let set = |status: &str| json!({"bed": bed.0, "status": status});
    ward.run("admit", admit(&first)).unwrap();
    assert_eq!(ward.refused("set_bed_status", set("closed")), ["bed"]);
    ward.run("discharge", json!({"patient": first, "disposition": "home"})).unwrap();
    assert_eq!(code(&ward), "K");
    assert_eq!(ward.refused("admit", admit(&second)), ["location"]);
    ward.work_as("bed-manager");
    ward.run("set_bed_status", set("cleaning")).unwrap();
    assert_eq!(ward.refused("admit", admit(&second)), ["location"]);
    ward.run("set_bed_status", json!({"bed": bed.1, "status": "clean", "expected_version": 3})).unwrap();
    ward.run("admit", admit(&second)).unwrap();
    let other = ward.free_beds("4W")[1].0.clone();
    ward.run("transfer", json!({"patient": second, "location": other})).unwrap();
    assert_eq!(code(&ward), "K");
}
