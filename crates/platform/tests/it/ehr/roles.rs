//! Who may do what, held below the doors.

use std::collections::BTreeSet;

use hospital::ehr::EhrError;
use platform::ehr::chart::{Chart, InBasketQuery, PatientQuery, Section, census, in_basket, patients};
use platform::ehr::commands::{COMMANDS, CommandError};
use platform::ehr::roles::{
    ALL_ROUND, MATRIX_ID, PERMISSIONS, RoleError, matrix_versions, switch_role, working,
};
use platform::fhir::Refusal;
use serde_json::{Value, json};

use super::house::{Ward, ward};

/// What pages ask for beside the commands.
const LOOKING: [&str; 5] =
    ["chart.view", "chart.view.clinical", "chart.view.notes", "chart.view.sensitive", "audit.view"];

/// What the interface engine asks for.
const CHANNELS: [&str; 2] = ["channel.manage", "channel.view"];

#[test]
fn the_permissions_are_those_that_commands_and_pages_ask_for() {
    let asked: BTreeSet<&str> =
        COMMANDS.iter().map(|(_, permission)| *permission).chain(LOOKING).chain(CHANNELS).collect();
    let known: BTreeSet<&str> = PERMISSIONS.iter().map(|one| one.code).collect();
    assert_eq!(asked, known);
}

#[test]
fn whoever_chose_no_role_may_everything_and_a_switch_is_journalled() {
    let ward = ward();
    assert_eq!(working(&ward.access).unwrap().role, ALL_ROUND);
    ward.work_as("nurse");
    assert_eq!(working(&ward.access).unwrap().display(), "Nurse");
    let entry = &ward.entries(1)[0];
    assert_eq!(
        (entry.kind.as_str(), &entry.detail["from"], &entry.detail["to"]),
        ("role.switch", &json!("all-round"), &json!("nurse"))
    );
    let unknown = switch_role(&ward.access, "surgeon general").unwrap_err();
    assert!(matches!(&unknown, RoleError::Unknown { known, .. } if known.len() == 8), "{unknown}");
    assert_eq!(working(&ward.access).unwrap().role, "nurse");
}

/// Who may give which command; all others are refused before anything is looked at.
#[test]
fn a_command_takes_its_permission() {
    let ward = ward();
    let before = ward.access.sandbox().view(|view| view.changed()).unwrap();
    for role in working(&ward.access).unwrap().matrix.roles() {
        ward.work_as(&role.code);
        for (name, permission) in COMMANDS {
            let done = ward.run(name, json!({"patient": "nobody"}));
            let denied =
                matches!(&done, Err(CommandError::Denied(denied)) if denied.permission == *permission);
            assert_eq!(denied, !role.may(permission), "{} {name}: {done:?}", role.code);
            if denied {
                let entry = &ward.entries(1)[0];
                assert_eq!((entry.outcome.as_str(), &entry.detail["role"]), ("forbidden", &json!(role.code)));
            }
        }
    }
    assert_eq!(ward.access.sandbox().view(|view| view.changed()).unwrap(), before);
}

#[test]
fn a_role_sees_what_its_work_needs() {
    use Section::{Audit, Encounters, Fhirpath, Notes, Results, Summary, Timeline};
    let ward = ward();
    let patient = ward.register("Okafor");
    ward.run("write_note", json!({"patient": patient, "text": "Slept well."})).unwrap();
    ward.run("record_vitals", json!({"patient": patient, "heart_rate": 91})).unwrap();
    let cases: [(&str, &[Section]); 5] = [
        ("all-round", &[Summary, Encounters, Results, Timeline, Notes, Fhirpath, Audit]),
        ("him-clerk", &[Summary, Encounters, Results, Timeline, Notes, Fhirpath, Audit]),
        ("nurse", &[Summary, Encounters, Results, Timeline, Notes, Fhirpath]),
        ("registrar", &[Summary, Encounters]),
        ("analyst", &[]),
    ];
    for (role, seen) in cases {
        ward.work_as(role);
        for section in [Summary, Encounters, Results, Timeline, Notes, Fhirpath, Audit] {
            let opened = Chart::open(&ward.access, &patient, section);
            let refused = opened.as_ref().err().map(|error| error.refusal);
            let wanted = (!seen.contains(&section)).then_some(Refusal::Forbidden);
            assert_eq!(refused, wanted, "{role} {section:?}");
        }
        let lists = [
            patients(&ward.access, &PatientQuery::default()).is_ok(),
            census(&ward.access).is_ok(),
            in_basket(&ward.access, &InBasketQuery::default()).is_ok(),
        ];
        let (any, clinical) = (!seen.is_empty(), seen.contains(&Results));
        assert_eq!(lists, [any, any, clinical], "{role}");
    }
    ward.work_as("registrar");
    let summary = Chart::open(&ward.access, &patient, Summary).unwrap().summary().unwrap();
    assert!(summary.vitals.is_empty(), "{:?}", summary.vitals);
}

/// A restricted patient of the ward's own.
fn restricted(ward: &Ward) -> String {
    let patient = ward.register("Okafor");
    let mut record = ward.read(&format!("Patient/{patient}"));
    record["meta"]["security"] =
        json!([{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]);
    ward.put(&record);
    patient
}

#[test]
fn a_restricted_chart_opens_to_a_reason_for_some_hours() {
    let mut ward = ward();
    let patient = restricted(&ward);
    let open = |ward: &Ward| Chart::open(&ward.access, &patient, Section::Summary).map(|_| ());
    let refusal = |ward: &Ward| open(ward).map_err(|error| error.refusal);
    let glass = |reason: &str| json!({"patient": patient, "reason": reason});
    let vitals = || json!({"patient": patient, "heart_rate": 91});
    for (role, wanted) in [
        ("all-round", Ok(())),
        ("him-clerk", Ok(())),
        ("nurse", Err(Refusal::Restricted)),
        ("analyst", Err(Refusal::Forbidden)),
    ] {
        ward.work_as(role);
        assert_eq!(refusal(&ward), wanted, "{role}");
    }
    assert!(matches!(ward.run("break_glass", glass("I treat her")), Err(CommandError::Denied(_))));

    ward.work_as("nurse");
    let closed = ward.run("record_vitals", vitals()).unwrap_err();
    assert_eq!(closed.word(), "restricted");
    assert_eq!(ward.refused("break_glass", glass("")), ["reason"]);
    assert_eq!(ward.refused("break_glass", glass("curious")), ["reason"]);
    ward.run("break_glass", glass("I treat her today")).unwrap();
    let entry = ward.entries(2).into_iter().find(|entry| entry.kind == "chart.break-glass").unwrap();
    assert_eq!(entry.subject, Some(format!("Patient/{patient}")));
    assert_eq!(
        (&entry.detail["reason"], &entry.detail["role"]),
        (&json!("I treat her today"), &json!("nurse"))
    );
    open(&ward).unwrap();
    ward.run("record_vitals", vitals()).unwrap();

    ward.work_as("physician");
    assert_eq!(refusal(&ward), Err(Refusal::Restricted), "a reason is given by a role for itself");
    ward.work_as("nurse");
    ward.wait(3);
    open(&ward).unwrap();
    ward.wait(1);
    assert_eq!(refusal(&ward), Err(Refusal::Restricted));
}

fn shipped_grants(ward: &Ward) -> BTreeSet<String> {
    let matrix = working(&ward.access).unwrap().matrix;
    let all = matrix.roles().iter().flat_map(|role| {
        let may = PERMISSIONS.iter().filter(|one| role.may(one.code));
        may.map(|one| format!("{}={}", role.code, one.code)).collect::<Vec<_>>()
    });
    all.collect()
}

fn form(grants: &BTreeSet<String>) -> Value {
    json!({"grants": grants.iter().map(String::as_str).collect::<Vec<_>>().join(" ")})
}

#[test]
fn the_matrix_has_versions_and_a_way_back_and_locks_nobody_out() {
    let ward = ward();
    ward.work_as("analyst");
    let mut grants = shipped_grants(&ward);
    grants.insert("nurse=patient.register".to_owned());
    ward.run("change_roles", form(&grants)).unwrap();
    let versions = matrix_versions(&ward.access).unwrap();
    let changes = &versions[0].changes;
    assert_eq!((versions.len(), changes.len()), (2, 1));
    assert!(changes[0].granted && changes[0].role == "nurse" && changes[0].permission == "patient.register");
    ward.work_as("nurse");
    ward.register("Okafor");

    ward.work_as("analyst");
    let matrix = format!("CodeSystem/{MATRIX_ID}");
    ward.run("restore_definition", json!({"definition": matrix, "version": 1, "expected_version": 2}))
        .unwrap();
    assert!(!working(&ward.access).unwrap().matrix.may("nurse", "patient.register"));
    grants.retain(|grant| !grant.ends_with("build.change"));
    assert_eq!(ward.refused("change_roles", form(&grants)), ["grants"]);
    assert_eq!(ward.refused("change_roles", json!({"grants": "nurse"})), ["grants"]);

    // What a client of the FHIR face did is no way back to.
    let mut broken = ward.read(&matrix);
    broken["concept"] = json!([{"code": "nobody"}]);
    ward.put(&broken);
    ward.put(&{
        let mut shipped = hospital::staff::shipped();
        shipped["publisher"] = json!("Ana");
        shipped
    });
    let back = ward.run("restore_definition", json!({"definition": matrix, "version": 4}));
    assert!(matches!(back, Err(CommandError::Refused(EhrError::Fields(_)))), "{back:?}");
    assert!(matches!(
        ward.run("restore_definition", json!({"definition": "CodeSystem/other", "version": 1})),
        Err(CommandError::Refused(_))
    ));
}
