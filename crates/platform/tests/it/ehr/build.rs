//! The analyst's side: definitions change, keep their versions, and can be tried on the past.

use platform::ehr::catalogue::{catalogue, definition, rule_of, versions};
use platform::ehr::commands::CommandError;
use platform::ehr::support::replay_rule;
use serde_json::json;

use super::house::ward;

#[test]
fn a_hospital_starts_with_a_catalogue() {
    let ward = ward();
    let found = catalogue(&ward.access).unwrap();
    assert_eq!((found.orderables.len(), found.order_sets.len(), found.rules.len()), (49, 4, 5));
}

#[test]
fn a_rule_is_changed_restored_and_retired_by_versions() {
    let ward = ward();
    let form = |condition: &str, status: &str, version: u64| {
        json!({"id": "rule-metformin-kidney", "title": "Metformin with low eGFR", "condition": condition, "severity": "warning",
            "message": "Mind the kidneys.", "status": status, "expected_version": version})
    };
    ward.run("change_rule", form("%egfr < 45", "active", 1)).unwrap();
    assert_eq!(ward.refused("change_rule", form("%egfr <", "active", 2)), ["condition"]);
    assert_eq!(ward.refused("change_rule", form("%unknown > 1", "active", 2)), ["condition"]);
    assert!(matches!(ward.run("change_rule", form("true", "active", 1)), Err(CommandError::Fhir(_))));
    ward.run("change_rule", form("%egfr < 45", "retired", 2)).unwrap();
    let back =
        json!({"definition": "PlanDefinition/rule-metformin-kidney", "version": 1, "expected_version": 3});
    ward.run("restore_definition", back).unwrap();

    let rule =
        rule_of(&definition(&ward.access, "PlanDefinition", "rule-metformin-kidney").unwrap().unwrap())
            .unwrap();
    assert_eq!((rule.version, rule.is_active, rule.severity.word()), (4, true, "stop"));
    let kept = versions(&ward.access, "PlanDefinition", "rule-metformin-kidney").unwrap();
    assert_eq!(kept.iter().map(|one| one.number).collect::<Vec<_>>(), [4, 3, 2, 1]);
    let paths: Vec<&str> = kept[1].changes.iter().map(|(path, _, _)| path.as_str()).collect();
    assert_eq!(paths, ["status"]);
    assert_eq!(
        ward.refused("restore_definition", json!({"definition": "PlanDefinition/rule-x", "version": 1})),
        ["definition"]
    );
}

#[test]
fn order_sets_and_orderables_are_made_and_used() {
    let ward = ward();
    let orderable =
        json!({"id": "lab-chloride", "title": "Chloride", "kind": "laboratory", "code": "2075-0"});
    ward.run("change_orderable", orderable).unwrap();
    let set = json!({"id": "set-salts", "title": "Salts", "items": "# Laboratory\nlab-chloride ticked\nlab-sodium"});
    ward.run("change_order_set", set).unwrap();
    let patient = ward.register("Okafor");
    let drafted = ward.run("draft_order_set", json!({"patient": patient, "order_set": "set-salts"})).unwrap();
    assert_eq!(drafted.resources.len(), 1);
    let retired = json!({"id": "set-salts", "title": "Salts", "items": "lab-sodium", "status": "retired"});
    ward.run("change_order_set", retired).unwrap();
    assert_eq!(
        ward.refused("draft_order_set", json!({"patient": patient, "order_set": "set-salts"})),
        ["order_set"]
    );
}

#[test]
fn a_rule_is_tried_on_the_orders_of_the_past() {
    let ward = ward();
    let read = |condition: &str| {
        let form = json!({"id": "rule-tried", "title": "Tried", "condition": condition, "severity": "info", "message": "Hm.", "status": "draft"});
        ward.run("change_rule", form).unwrap();
        rule_of(&definition(&ward.access, "PlanDefinition", "rule-tried").unwrap().unwrap()).unwrap()
    };
    let before = ward.journal(0).len();
    let all = replay_rule(&ward.access, &read("true"), 366).unwrap();
    assert!(all.orders > 0 && all.fires == all.orders && !all.cut_short, "{all:?}");
    let some = replay_rule(&ward.access, &read("%egfr < 60"), 366).unwrap();
    assert!(some.orders == all.orders && some.fires < all.fires, "{} of {}, {some:?}", all.fires, all.orders);
    assert_eq!(replay_rule(&ward.access, &read("false"), 366).unwrap().fires, 0);
    assert!(replay_rule(&ward.access, &read("true"), 1).unwrap().orders < all.orders);
    // Four changes of the rule, two entries each; trying it leaves none.
    assert_eq!(ward.journal(0).len(), before + 8);
    // A service that was ordered counts as a medicine does.
    let patient = ward.register("Okafor");
    ward.run("draft_order", json!({"patient": patient, "orderable": "lab-lactate"})).unwrap();
    ward.run("sign_orders", json!({"patient": patient})).unwrap();
    let with_lab = replay_rule(&ward.access, &read("%codes = '2524-7'"), 1).unwrap();
    assert_eq!((with_lab.fires, with_lab.named[0].ordered.as_str()), (1, "Lactate"));
}
