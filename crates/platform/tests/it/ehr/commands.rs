use hospital::ehr::EhrError;
use platform::ehr::chart::{Chart, Section};
use platform::ehr::commands::{CommandError, NAMES};
use platform::fhir::Refusal;
use serde_json::json;

use super::house::ward;

#[test]
fn a_stay_from_the_front_door_to_the_way_home() {
    let ward = ward();
    let registered = ward
        .run(
            "register",
            json!({"family": "Okafor", "given": "Ruth Ann", "birth_date": "1984-02-29", "sex": "female",
                "phone": "555-010-0199", "street": "12 Kiln Street", "city": "Dunmere"}),
        )
        .unwrap();
    let patient = registered.patient;
    let mrn = ward.read(&format!("Patient/{patient}"))["identifier"][0]["value"].as_str().unwrap().to_owned();
    assert!(registered.message.contains(&mrn), "{}", registered.message);

    let beds = ward.free_beds("4W");
    let (first, second) = (&beds[0], &beds[1]);
    let admitted =
        ward.run("admit", json!({"patient": patient, "location": first.0, "reason": "sepsis"})).unwrap();
    let encounter = admitted.resources[0].id.clone();
    ward.run(
        "record_vitals",
        json!({"patient": patient, "systolic": "128", "diastolic": "76", "heart_rate": 91}),
    )
    .unwrap();
    let form = json!({"patient": format!("Patient/{patient}"), "kind": "progress", "text": "Slept well."});
    ward.run("write_note", form).unwrap();
    let moved = ward
        .run("transfer", json!({"patient": patient, "location": second.1, "expected_version": 1}))
        .unwrap();
    assert_eq!((moved.resources[0].id.as_str(), moved.resources[0].version), (encounter.as_str(), 2));
    ward.run("discharge", json!({"encounter": encounter, "disposition": "home", "expected_version": "2"}))
        .unwrap();

    let stay = ward.read(&format!("Encounter/{encounter}"));
    assert_eq!(stay["status"], "finished");
    assert_eq!(stay["reasonCode"][0]["text"], "sepsis");
    let places: Vec<_> =
        stay["location"].as_array().unwrap().iter().map(|place| place["status"].as_str()).collect();
    assert_eq!(places, [Some("completed"), Some("completed")]);
    let signs = ward.search(&format!("Observation?patient={patient}&encounter=Encounter/{encounter}"));
    assert_eq!(signs.len(), 2);
    let notes = ward.search(&format!("DocumentReference?patient={patient}"));
    assert_eq!(notes[0]["context"]["encounter"][0]["reference"], format!("Encounter/{encounter}"));
    assert_eq!(ward.free_beds("4W"), beds);
}

#[test]
fn one_journal_entry_says_what_was_done() {
    let ward = ward();
    let patient = ward.register("Okafor");
    let bed = &ward.free_beds("4W")[0].1;
    ward.run("admit", json!({"patient": patient, "location": bed, "reason": "sepsis"})).unwrap();
    let subject = Some(format!("Patient/{patient}"));
    let entry = |kind: &str, outcome: &str| (kind.to_owned(), subject.clone(), outcome.to_owned());
    let told = [entry("command", "ok"), entry("hl7.queued", "ok"), entry("fhir.create", "ok")];
    assert_eq!(ward.journal(3), told);
    ward.refused("admit", json!({"patient": patient, "location": bed, "reason": "again"}));
    assert_eq!(ward.journal(1), [entry("command", "refused")]);
    assert_eq!(ward.access.sandbox().journal_break().unwrap(), None);
}

#[test]
fn a_bed_holds_one_patient() {
    let ward = ward();
    let (first, second) = (ward.register("Okafor"), ward.register("Obi"));
    let beds = ward.free_beds("4W");
    ward.run("admit", json!({"patient": first, "location": beds[0].1, "reason": "sepsis"})).unwrap();
    let taken = json!({"patient": second, "location": beds[0].1, "reason": "sepsis"});
    assert_eq!(ward.refused("admit", taken), ["location"]);
    ward.run("admit", json!({"patient": second, "location": beds[1].1, "reason": "sepsis"})).unwrap();
    assert_eq!(ward.refused("transfer", json!({"patient": second, "location": beds[0].1})), ["location"]);
    assert_eq!(ward.refused("transfer", json!({"patient": second, "location": beds[1].1})), ["location"]);
    assert_eq!(ward.free_beds("4W").len(), beds.len() - 2);
}

#[test]
fn what_cannot_be_done_is_refused_and_changes_nothing() {
    let ward = ward();
    let patient = ward.register("Okafor");
    let before = ward.access.sandbox().view(|view| view.changed()).unwrap();
    let cases = [
        ("register", json!({"given": "A", "surname": "B"}), vec!["surname"]),
        ("register", json!({"given": "A", "mrn": "1 2"}), vec!["family", "birth_date", "sex", "mrn"]),
        ("register", json!([]), vec!["form"]),
        ("admit", json!({"patient": patient}), vec!["location", "reason"]),
        (
            "admit",
            json!({"patient": "nobody", "location": "nowhere", "reason": "x"}),
            vec!["patient", "location"],
        ),
        ("transfer", json!({"patient": patient, "location": "4W"}), vec!["encounter"]),
        ("discharge", json!({"patient": patient}), vec!["encounter", "disposition"]),
        ("discharge", json!({"encounter": "Encounter/none", "disposition": "home"}), vec!["encounter"]),
        ("discharge", json!({"patient": patient, "expected_version": "two"}), vec!["expected_version"]),
        ("record_vitals", json!({"patient": patient, "temperature_c": 98.6}), vec!["temperature_c"]),
        ("record_vitals", json!({"systolic": 120}), vec!["patient", "diastolic"]),
        ("write_note", json!({"patient": patient, "encounter": "none"}), vec!["encounter", "text"]),
    ];
    for (name, form, wanted) in cases {
        assert_eq!(ward.refused(name, form.clone()), wanted, "{name} {form}");
    }
    assert!(
        matches!(ward.run("teleport", json!({})), Err(CommandError::Unknown { name }) if name == "teleport")
    );
    assert!(ward.run("teleport", json!({})).unwrap_err().to_string().contains(NAMES[0]));
    assert_eq!(ward.access.sandbox().view(|view| view.changed()).unwrap(), before);
}

#[test]
fn a_form_that_was_overtaken_is_refused() {
    let ward = ward();
    let patient = ward.register("Okafor");
    let beds = ward.free_beds("5W");
    ward.run("admit", json!({"patient": patient, "location": beds[0].1, "reason": "sepsis"})).unwrap();
    ward.run("transfer", json!({"patient": patient, "location": beds[1].1, "expected_version": "W/\"1\""}))
        .unwrap();
    let late =
        ward.run("discharge", json!({"patient": patient, "disposition": "home", "expected_version": 1}));
    let Err(CommandError::Fhir(error)) = late else { panic!("{late:?}") };
    assert_eq!(error.refusal, Refusal::VersionMismatch);
    assert_eq!(ward.journal(1)[0].2, "version-mismatch");
}

#[test]
fn nobody_is_registered_twice_by_accident() {
    let ward = ward();
    let first = ward.register("Okáfor");
    let mut form =
        json!({"family": " okafor ", "given": "RUTH", "birth_date": "1984-02-29", "sex": "female"});
    let Err(CommandError::Refused(EhrError::Duplicate(alike))) = ward.run("register", form.clone()) else {
        panic!("a second record was made")
    };
    assert_eq!(alike[0].id, first);
    assert_eq!(alike[0].name, "Ruth Ann Okáfor");
    form["confirm_new"] = json!("on");
    let second = ward.run("register", form).unwrap().patient;
    let mrn = |id: &str| ward.read(&format!("Patient/{id}"))["identifier"][0]["value"].clone();
    assert_ne!(mrn(&first), mrn(&second));
    let taken = json!({"family": "Obi", "given": "Ann", "birth_date": "1990-01-01", "sex": "other", "mrn": mrn(&first)});
    assert_eq!(ward.refused("register", taken), ["mrn"]);
}

#[test]
fn a_death_ends_stay_and_life_in_one_change() {
    let ward = ward();
    let patient = ward.register("Okafor");
    let bed = &ward.free_beds("ICU")[0].0;
    ward.run("admit", json!({"patient": patient, "location": bed, "reason": "A41.9", "class": "acute"}))
        .unwrap();
    let outcome = ward.run("discharge", json!({"patient": patient, "disposition": "exp"})).unwrap();
    let written: Vec<_> = outcome.resources.iter().map(|one| (one.kind.as_str(), one.version)).collect();
    assert_eq!(written, [("Encounter", 2), ("Patient", 2), ("Location", 2)]);
    assert!(ward.read(&format!("Patient/{patient}"))["deceasedDateTime"].is_string());
    assert_eq!(
        ward.refused("admit", json!({"patient": patient, "location": bed, "reason": "x"})),
        ["patient", "location"],
        "the bed is dirty"
    );
    assert!(
        ward.access
            .sandbox()
            .undo(|_| ward.access.event("sandbox.undo", None, "ok", json!({})))
            .unwrap()
            .is_some()
    );
    assert!(ward.read(&format!("Patient/{patient}")).get("deceasedDateTime").is_none());
    assert_eq!(ward.read(&format!("Encounter/{}", outcome.resources[0].id))["status"], "in-progress");
}

#[test]
fn what_is_typed_stays_text() {
    let ward = ward();
    for text in [
        "'; DROP TABLE resource; --",
        "<script>alert(1)</script>",
        "{\"a\": 1}",
        "%00 \\ ,$|",
        "O\u{202e}kafor 🏥",
    ] {
        let form = json!({"family": text, "given": text, "birth_date": "1984-02-29", "sex": "other", "street": text});
        let patient = ward.run("register", form).unwrap().patient;
        let record = ward.read(&format!("Patient/{patient}"));
        assert_eq!(record["name"][0]["family"], text);
        ward.run("write_note", json!({"patient": patient, "text": text})).unwrap();
        let chart = Chart::open(&ward.access, &patient, Section::Notes).unwrap();
        assert_eq!(chart.notes().unwrap()[0].text.as_deref(), Some(text));
        assert_eq!(
            ward.refused("admit", json!({"patient": text, "location": text, "reason": text}))[0],
            "patient"
        );
        assert_eq!(ward.journal(1)[0].1, None);
    }
}
