//! Faults on a real population.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{Fault, FaultError, Ground, Placed};
use crate::population::{Recipe, World, mrn};
use crate::staff::{Matrix, differences};

const NOW_US: i64 = 1_930_374_900_000_000;

fn patients(count: u32) -> Vec<Value> {
    let recipe = Recipe { patients: count, ..Recipe::default() };
    let world = World::new(&recipe, &Arc::default());
    let mut patients = Vec::new();
    for index in 0..count {
        world.patient(index, &mut |resource| {
            patients.push(serde_json::from_slice(resource.body).unwrap());
        });
    }
    patients
}

fn place(table: &Value, seed: u64, patients: &[Value]) -> Result<Placed, FaultError> {
    let recipe = Recipe { patients: patients.len() as u32, ..Recipe::default() };
    let (mut numbers, mut ids) = (patients.len() as u64, 0);
    let mut free_mrn = || {
        numbers += 1;
        mrn(&recipe, numbers)
    };
    let mut new_id = || {
        ids += 1;
        format!("fault-{ids}")
    };
    Fault::parse(table)?
        .place(seed, &mut Ground { patients, now_us: NOW_US, free_mrn: &mut free_mrn, new_id: &mut new_id })
}

fn find<'a>(placed: &'a Placed, id: &Value) -> &'a Value {
    placed.resources.iter().find(|resource| resource["id"] == *id).unwrap()
}

#[test]
fn every_edit_changes_what_it_names_and_nothing_else() {
    let patients = patients(120);
    for (edit, changed) in [
        ("swapped-digits", "/birthDate"),
        ("maiden-name", "/name/0/family"),
        ("nickname", "/name/0/given/0"),
        ("typo", "/name/0/family"),
        ("moved-address", "/address/0/city"),
        ("missing-phone", "/telecom/0/value"),
    ] {
        for seed in 0..20 {
            let table = json!({"at": "start", "layer": "source", "do": "duplicate-patient", "edits": [edit]});
            let placed = place(&table, seed, &patients).unwrap();
            let survivor =
                patients.iter().find(|patient| patient["id"] == placed.truth["survivor"]["id"]).unwrap();
            let duplicate = find(&placed, &placed.truth["duplicate"]["id"]);
            for part in [
                "/birthDate",
                "/name/0/family",
                "/name/0/given/0",
                "/address/0/city",
                "/telecom/0/value",
                "/gender",
            ] {
                let same = survivor.pointer(part) == duplicate.pointer(part);
                assert_eq!(same, part != changed, "{edit}, seed {seed}, {part}");
            }
            assert_ne!(placed.truth["survivor"]["mrn"], placed.truth["duplicate"]["mrn"]);
        }
    }
}

#[test]
fn the_look_alike_is_somebody_else() {
    let patients = patients(120);
    for seed in 0..40 {
        let table = json!({"do": "duplicate-patient", "edits": ["swapped-digits", "missing-phone"]});
        let placed = place(&table, seed, &patients).unwrap();
        let truth = &placed.truth;
        let survivor = patients.iter().find(|patient| patient["id"] == truth["survivor"]["id"]).unwrap();
        let stranger = find(&placed, &truth["lookalike"]["id"]);
        assert_eq!(survivor["name"][0]["family"], stranger["name"][0]["family"]);
        for part in ["/birthDate", "/address/0/city", "/telecom/0/value", "/name/0/given/1"] {
            assert_ne!(survivor.pointer(part), stranger.pointer(part), "seed {seed}, {part}");
        }
        let dates = ["survivor", "duplicate", "lookalike"].map(|who| truth[who]["birth_date"].to_string());
        assert_eq!(BTreeSet::from(dates).len(), 3);
    }
}

#[test]
fn the_same_seed_is_the_same_case_whatever_the_order() {
    let mut patients = patients(120);
    let table = json!({"do": "duplicate-patient", "edits": ["typo"], "pairs": 3});
    let one = place(&table, 9, &patients).unwrap();
    patients.reverse();
    assert_eq!(one, place(&table, 9, &patients).unwrap());
    assert_ne!(one.truth, place(&table, 10, &patients).unwrap().truth);
    assert_eq!(one.truth["pairs"].as_array().map(Vec::len), Some(3));
    assert_eq!(one.truth["pairs"][0]["survivor"], one.truth["survivor"]);
}

#[test]
fn each_new_record_has_a_visit_that_refers_to_it() {
    let placed = place(&json!({"do": "duplicate-patient", "edits": ["typo"]}), 1, &patients(60)).unwrap();
    let of = |kind: &str| placed.resources.iter().filter(|one| one["resourceType"] == kind).count();
    assert_eq!((of("Patient"), of("Encounter"), of("Observation")), (2, 2, 6));
    let alone = json!({"do": "duplicate-patient", "edits": ["typo"], "look_alike": false});
    let alone = place(&alone, 1, &patients(60)).unwrap();
    assert!(alone.truth.get("lookalike").is_none());
    assert_eq!(alone.resources.len(), 5);
}

#[test]
fn faults_that_cannot_be() {
    let none: &[Value] = &[];
    for (table, words) in [
        (json!({"do": "duplicate-patient", "edits": []}), "edits is empty"),
        (json!({"do": "duplicate-patient", "edits": ["typo"], "pairs": 11}), "pairs is 11"),
        (json!({"do": "duplicate-patient", "edits": ["haircut"]}), "haircut"),
        (json!({"do": "duplicate-patient", "edits": ["typo"], "pears": 1}), "pears"),
        (json!({"do": "duplicate-patient", "edits": ["typo"], "layer": "wire"}), "wire"),
        (json!({"do": "nothing"}), "nothing"),
        (json!("x"), "cannot be read"),
        (json!({"do": "duplicate-patient", "edits": ["typo"]}), "only 0 of the 0"),
    ] {
        let error = place(&table, 1, none).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn a_late_edit_adds_a_contact_and_keeps_the_rest() {
    let patients = patients(20);
    let id = patients[7]["id"].as_str().unwrap();
    let table =
        json!({"at": "start", "layer": "source", "do": "late-edit", "patient": format!("Patient/{id}")});
    let placed = place(&table, 1, &patients).unwrap();
    assert_eq!(placed, place(&table, 1, &patients).unwrap());
    let mut chart = placed.resources[0].clone();
    assert_eq!(chart["contact"][0]["telecom"][0]["value"], placed.truth["edited"]["phone"]);
    chart.as_object_mut().unwrap().shift_remove("contact");
    assert_eq!(chart, patients[7]);
    let gone = json!({"do": "late-edit", "patient": "nobody"});
    assert_eq!(place(&gone, 1, &patients), Err(FaultError::NoPatient("nobody".to_owned())));
}

fn stay(patients: &[Value], index: usize) -> Value {
    json!({"id": format!("stay-{index}"), "type": "Encounter", "patient": {"id": patients[index]["id"]}})
}

fn based_on(placed: &Placed, id: &Value) -> Value {
    find(placed, id)["basedOn"][0]["reference"].clone()
}

#[test]
fn a_stray_result_has_lost_what_the_lab_says_and_nothing_else() {
    let patients = patients(20);
    for lost in ["number", "order", "patient"] {
        for seed in 0..10 {
            let table = json!({"do": "stray-result", "stay": stay(&patients, 3), "neighbour": stay(&patients, 4),
                "orderable": "lab-sodium", "lost": lost});
            let placed = place(&table, seed, &patients).unwrap();
            assert_eq!(placed, place(&table, seed, &patients).unwrap());
            let (stray, right) = (&placed.truth["stray"], &placed.truth["right"]);
            assert_eq!(find(&placed, &stray["order"])["status"], "active");
            assert_eq!(find(&placed, &stray["task"])["status"], "requested");
            assert_eq!(find(&placed, &right["order"])["status"], "completed");
            assert_eq!(
                based_on(&placed, &right["report"]),
                format!("ServiceRequest/{}", right["order"].as_str().unwrap())
            );
            assert_ne!(stray["value"], right["value"], "{lost} {seed}");
            let owner = if lost == "patient" { 4 } else { 3 };
            let subject = format!("Patient/{}", patients[owner]["id"].as_str().unwrap());
            assert_eq!(find(&placed, &stray["observation"])["subject"]["reference"], subject);
            let wrong = stray["wrong_order"].as_str().map(|id| format!("ServiceRequest/{id}"));
            assert_eq!(based_on(&placed, &stray["report"]), json!(wrong));
            let report = find(&placed, &stray["report"]);
            let number = report["identifier"][0]["value"].clone();
            assert_eq!(number, if lost == "number" { Value::Null } else { stray["number"].clone() });
        }
    }
}

#[test]
fn of_five_critical_results_one_waits_too_long() {
    let patients = patients(20);
    let stays: Vec<Value> = (0..5).map(|index| stay(&patients, index)).collect();
    for (orderable, side) in [("lab-potassium", "high"), ("lab-hemoglobin", "low"), ("lab-glucose", "low")] {
        for seed in 0..20 {
            let table = json!({"do": "critical-results", "stays": stays, "orderable": orderable, "side": side, "policy_min": 30});
            let placed = place(&table, seed, &patients).unwrap();
            let truth = &placed.truth;
            let critical = if side == "high" { "HH" } else { "LL" };
            let flag = |who: &str| {
                find(&placed, &truth[who]["observation"])["interpretation"][0]["coding"][0]["code"].clone()
            };
            assert_eq!(["late", "fresh", "acknowledged"].map(flag), [critical; 3].map(Value::from));
            assert_eq!(flag("abnormal"), &critical[..1], "{orderable} {seed}");
            assert_eq!(flag("corrected"), Value::Null);
            let status = |who: &str| find(&placed, &truth[who]["task"])["status"].clone();
            assert_eq!(["late", "fresh", "corrected"].map(status), ["requested"; 3].map(Value::from));
            assert_eq!(status("acknowledged"), "completed");
            let issued = |who: &str| truth[who]["issued"].as_str().unwrap().to_owned();
            assert!(issued("corrected") < issued("late") && issued("late") < issued("fresh"));
            let late_us =
                NOW_US - (30 + truth["late"]["over_min"].as_i64().unwrap()) * crate::calendar::MINUTE_US;
            assert_eq!(issued("late"), crate::calendar::instant_text(late_us));
        }
    }
}

#[test]
fn definitions_and_orders_of_the_past_are_placed() {
    let patients = patients(20);
    let table = json!({"do": "build-change",
        "order_set": {"id": "set-pain", "title": "Pain", "items": "med-ibuprofen ticked"},
        "rule": {"id": "rule-nsaid-kidney", "title": "T", "condition": "true", "severity": "stop", "message": "M", "status": "retired"}});
    let placed = place(&table, 1, &patients).unwrap();
    let ids: Vec<_> = placed.resources.iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["set-pain", "rule-nsaid-kidney"]);
    assert_eq!(placed.resources[1]["status"], "retired");

    let table = json!({"do": "past-order", "stay": stay(&patients, 2), "hours_ago": 3, "name": "example",
        "order": {"orderable": "med-naproxen", "results": [{"test": "2823-3", "value": 6.1}], "orders": [{"orderable": "med-ibuprofen"}]}});
    let placed = place(&table, 1, &patients).unwrap();
    let subject = format!("Patient/{}", patients[2]["id"].as_str().unwrap());
    assert!(placed.resources.iter().all(|one| one["subject"]["reference"] == subject));
    let kinds: Vec<_> = placed.resources.iter().map(|one| one["resourceType"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["Observation", "MedicationRequest", "MedicationRequest"]);
    assert_eq!(find(&placed, &placed.truth["example"]["order"])["status"], "active");
}

#[test]
fn clinical_faults_that_cannot_be() {
    let patients = patients(10);
    let (one, gone) = (stay(&patients, 1), json!({"id": "x", "patient": {"id": "nobody"}}));
    let stray = |stay: &Value, orderable: &str| json!({"do": "stray-result", "stay": stay, "neighbour": one, "orderable": orderable, "lost": "number"});
    let critical = |stays: usize, side: &str, policy: i64| json!({"do": "critical-results", "stays": vec![one.clone(); stays], "orderable": "lab-hemoglobin", "side": side, "policy_min": policy});
    for (table, words) in [
        (stray(&one, "lab-moonlight"), "no orderable 'lab-moonlight'"),
        (stray(&one, "lab-blood-count"), "no test with a number"),
        (stray(&gone, "lab-sodium"), "nobody"),
        (critical(4, "low", 30), "stays holds 4"),
        (critical(5, "low", 5), "policy_min is 5"),
        (critical(5, "high", 30), "never critical on this side"),
        (json!({"do": "build-change"}), "none of order_set, rule and roles"),
        (json!({"do": "build-change", "roles": {"grant": "nurse"}}), "'nurse' is no role=permission"),
        (json!({"do": "build-change", "roles": {"grant": "nurse=vitals.record"}}), "changes nothing"),
        (json!({"do": "build-change", "roles": {"take": "nurse=order.sign"}}), "changes nothing"),
        (json!({"do": "build-change", "roles": {"grant": "porter=order.sign"}}), "no role porter"),
        (json!({"do": "records", "record": {}}), "give 1 to 20"),
        (json!({"do": "records", "record": {"a": {"id": "x"}}}), "a has no resourceType"),
        (
            json!({"do": "records", "record": {"a": {"resourceType": "Task", "for": {"reference": "@b"}}}}),
            "no record b",
        ),
        (json!({"do": "build-change", "order_set": {"id": "s", "title": "S", "items": "med-x"}}), "med-x"),
        (json!({"do": "past-order", "stay": one, "hours_ago": 1, "order": {"orderable": "med-x"}}), "med-x"),
    ] {
        let error = place(&table, 1, &patients).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn a_role_matrix_differs_in_what_is_named_only() {
    let table = json!({"do": "build-change",
        "roles": {"grant": "registrar=chart.view.notes nurse=order.sign", "take": "nurse=medication.administer"}});
    let placed = place(&table, 1, &patients(5)).unwrap();
    let matrix = Matrix::read(placed.resources.first());
    let changed: Vec<String> = differences(&Matrix::shipped(), &matrix)
        .into_iter()
        .map(|one| format!("{} {} {}", one.role, one.permission, one.granted))
        .collect();
    assert_eq!(
        changed,
        ["nurse order.sign true", "nurse medication.administer false", "registrar chart.view.notes true"]
    );
    let left = &placed.truth["left"];
    assert_eq!(left.as_array().map(Vec::len), Some(8));
    let nurse = left.as_array().unwrap().iter().find(|one| one["role"] == "nurse").unwrap();
    assert_eq!(nurse["open"], "order.sign medication.administer");
    let kept = nurse["kept"].as_str().unwrap();
    assert!(kept.contains("vitals.record") && !kept.contains("medication.administer"), "{kept}");
}

#[test]
fn records_are_placed_as_written_and_find_each_other() {
    let table = json!({"do": "records", "record": {
        "report": {"resourceType": "DiagnosticReport", "result": [{"reference": "@value"}], "conclusion": "@value"},
        "value": {"resourceType": "Observation", "subject": {"reference": "Patient/p"}}}});
    let placed = place(&table, 1, &patients(5)).unwrap();
    let (report, value) = (&placed.truth["report"], &placed.truth["value"]);
    assert_eq!(value["type"], "Observation");
    let report = find(&placed, &report["id"]);
    assert_eq!(report["result"][0]["reference"], format!("Observation/{}", value["id"].as_str().unwrap()));
    assert_eq!(
        (&report["conclusion"], &report["resourceType"]),
        (&json!("@value"), &json!("DiagnosticReport"))
    );
    assert_eq!(find(&placed, &value["id"])["subject"]["reference"], "Patient/p");
}

#[test]
fn what_people_mix_up_is_filed_as_the_lab_says() {
    let patients = patients(20);
    let both = json!([stay(&patients, 3), stay(&patients, 4)]);
    for seed in 0..10 {
        let table = |name: &str| json!({"layer": "workflow", "do": name, "orderable": "lab-potassium"});
        let with = |mut table: Value, key: &str, value: &Value| {
            table[key] = value.clone();
            place(&table, seed, &patients).unwrap()
        };
        let placed = with(table("unsigned-order"), "stay", &both[0]);
        assert_eq!(find(&placed, &placed.truth["unsigned"]["order"])["status"], "draft");
        assert_eq!(placed.resources.len(), 1, "nobody was told of it");

        let placed = with(table("mislabelled-specimen"), "stays", &both);
        let number = |side: &str, member: &str| {
            let value = &placed.truth["mislabelled"][side][member];
            value.as_f64().or_else(|| value.as_str()?.parse().ok()).unwrap()
        };
        for (one, other) in [("first", "second"), ("second", "first")] {
            assert!((number(one, "value") - number(other, "before")).abs() < 0.5, "{seed} {one}");
            assert!((number(one, "value") - number(one, "before")).abs() > 0.9, "{seed} {one}");
            assert!((number(one, "near") - number(one, "before")).abs() < 0.5, "{seed} {one}");
        }

        let placed = with(table("wrong-accession"), "stay", &both[0]);
        let (early, late) = (&placed.truth["accession"]["early"], &placed.truth["accession"]["late"]);
        for (result, other) in [(early, late), (late, early)] {
            let order = format!("ServiceRequest/{}", other["order"].as_str().unwrap());
            for kept in ["observation", "report"] {
                assert_eq!(based_on(&placed, &result[kept]), order, "{seed} {kept}");
            }
        }
        assert!(early["taken"].as_str() < late["taken"].as_str());
    }
}

#[test]
fn a_fault_is_declared_in_its_own_layer() {
    let patients = patients(8);
    let one = stay(&patients, 3);
    for (layer, fault) in
        [("source", "unsigned-order"), ("workflow", "late-edit"), ("access", "wrong-accession")]
    {
        let table =
            json!({"layer": layer, "do": fault, "stay": one, "orderable": "lab-potassium", "patient": "x"});
        let table = match fault {
            "late-edit" => json!({"layer": layer, "do": fault, "patient": "x"}),
            _ => {
                let mut table = table;
                table.as_object_mut().unwrap().remove("patient");
                table
            }
        };
        assert!(matches!(place(&table, 1, &patients), Err(FaultError::Layer(_))), "{layer} {fault}");
    }
    let roles = json!({"layer": "access", "do": "build-change", "roles": {"grant": "nurse=order.sign"}});
    assert!(place(&roles, 1, &patients).is_ok());
}
