use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{
    Agreement, AssessmentForm, Clauses, LetterForm, Measured, Owed, PaperFault, PolicyForm, Questions,
    RiskAnalysis, SanctionForm, SecretaryForm, Topics, day::Date,
};
use crate::breach::{Affected, Law, duties};

fn law() -> Law {
    Law::parse(include_str!("../../../../content/regulations/hipaa-breach.toml")).unwrap()
}

fn on(text: &str) -> Date {
    text.parse().unwrap()
}

fn parts(faults: &[PaperFault]) -> Vec<&str> {
    faults.iter().map(|fault| fault.part.as_str()).collect()
}

/// A sound assessment: three factors speak for a low probability, one against.
fn assessment() -> Value {
    let factor = |low: bool, entry: i64| json!({"low": low, "why": "As the cited entry shows, plainly.", "evidence": [entry]});
    json!({
        "title": "Chart of a colleague", "case": "case-1", "happened_on": "2031-02-27", "known_on": "2031-03-04",
        "involves_phi": true, "permitted": false, "protection": "none",
        "factors": {"nature": factor(false, 1), "recipient": factor(true, 2), "acquired": factor(false, 3), "mitigation": factor(true, 1)},
        "people": ["Patient/a"], "conclusion": "breach",
    })
}

fn faults(change: &[(&str, Value)]) -> Vec<PaperFault> {
    let mut form = assessment();
    for (pointer, value) in change {
        *form.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer}")) = value.clone();
    }
    let form: AssessmentForm = serde_json::from_value(form).unwrap();
    form.check(&BTreeSet::from([1, 2, 3]), on("2031-03-05"), &law())
}

#[test]
fn an_assessment_rests_on_evidence_and_concludes_what_follows() {
    assert_eq!(faults(&[]), []);
    for (change, part) in [
        (("/factors/nature/evidence", json!([9])), "nature"),
        (("/factors/acquired/evidence", json!([])), "acquired"),
        (("/factors/recipient/why", json!("ok")), "recipient"),
        (("/conclusion", json!("no-breach")), "conclusion"),
        (("/people", json!([])), "people"),
        (("/known_on", json!("2031-03-06")), "known_on"),
        (("/happened_on", json!("2031-03-05")), "happened_on"),
    ] {
        assert_eq!(parts(&faults(std::slice::from_ref(&change))), [part], "{change:?}");
    }
    let encrypted = [("/protection", json!("encrypted")), ("/conclusion", json!("no-breach"))];
    assert_eq!(faults(&encrypted), []);
    let key_gone = [("/protection", json!("encrypted-key-taken")), ("/conclusion", json!("no-breach"))];
    assert_eq!(parts(&faults(&key_gone)), ["conclusion"]);
}

#[test]
fn an_assessment_without_factors_stands_on_the_presumption() {
    let mut form = assessment();
    form["factors"] = Value::Null;
    let form: AssessmentForm = serde_json::from_value(form).unwrap();
    assert!(form.check(&BTreeSet::new(), on("2031-03-05"), &law()).is_empty());
    let mut earlier = form;
    earlier.agent_knew_on = Some(on("2031-03-01"));
    assert_eq!(earlier.discovered_on(), on("2031-03-01"));
}

#[test]
fn unknown_members_and_days_are_refused() {
    for (name, value) in
        [("knwon_on", json!("2031-03-04")), ("known_on", json!("4 March")), ("protection", json!("rot13"))]
    {
        let mut form = assessment();
        form[name] = value;
        assert!(serde_json::from_value::<AssessmentForm>(form).is_err(), "{name}");
    }
}

fn letter(change: &[(&str, &str)]) -> Vec<PaperFault> {
    let mut form = json!({
        "assessment": "paper-1", "patient": "Patient/a",
        "what_happened": "On 27 February a member of our staff opened your chart without a reason.",
        "happened_on": "2031-02-27", "discovered_on": "2031-03-04",
        "information": "Your name, your date of birth and your laboratory results.",
        "steps": "Look through the statements of your health plan, and tell us what is strange.",
        "doing": "The person no longer has access, and we have changed how we review who opens charts.",
        "contact": "Call 800-555-0100 free of charge, or write to privacy@alderfalls.example.",
    });
    for (name, value) in change {
        form[*name] = json!(value);
    }
    let form: LetterForm = serde_json::from_value(form).unwrap();
    let affected = [Affected { person: "a".to_owned(), state: "OH".to_owned(), reachable: true }];
    let discovery =
        crate::breach::Discovery { known: on("2031-03-04"), could_have_known: None, agent_knew: None };
    let duties = duties(&affected, &discovery, None, &law());
    let today = if change.iter().any(|(name, _)| *name == "assessment") {
        on("2031-06-01")
    } else {
        on("2031-03-10")
    };
    let owed = Owed { happened_on: Some(on("2031-02-27")), duties: &duties, today };
    form.check(&owed, &["Ruth Okafor".to_owned()], &law())
}

#[test]
fn a_letter_has_five_elements_and_nobody_elses_data() {
    assert_eq!(letter(&[]), []);
    for (name, value, part) in [
        ("what_happened", "Oops.", "what happened"),
        ("happened_on", "2031-02-26", "what happened"),
        ("discovered_on", "2031-03-05", "what happened"),
        (
            "information",
            "Your results and those of Ruth Okafor, who was next to you.",
            "the information involved",
        ),
        ("doing", "<script>alert('we care')</script> and much more", "what we are doing"),
        ("contact", "Come to the desk on the ground floor, please.", "how to reach us"),
        ("assessment", "paper-9", "the letter"),
    ] {
        assert_eq!(parts(&letter(&[(name, value)])), [part], "{name}: {value}");
    }
}

#[test]
fn the_secretary_is_told_by_the_route_that_fits() {
    let people = |count: usize| -> Vec<Affected> {
        (0..count)
            .map(|number| Affected { person: number.to_string(), state: "OH".to_owned(), reachable: true })
            .collect()
    };
    let discovery =
        crate::breach::Discovery { known: on("2031-03-04"), could_have_known: None, agent_knew: None };
    for (count, route, individuals, due, expected) in [
        (3, "log", 3, "2032-02-29", vec![]),
        (3, "at-once", 3, "2031-05-03", vec!["route"]),
        (3, "log", 4, "2032-02-29", vec!["individuals"]),
        (3, "log", 3, "2032-03-01", vec!["due_on"]),
        (500, "at-once", 500, "2031-05-03", vec![]),
        (499, "at-once", 499, "2031-05-03", vec!["route"]),
    ] {
        let duties = duties(&people(count), &discovery, None, &law());
        let owed = Owed { happened_on: None, duties: &duties, today: on("2031-03-10") };
        let form =
            json!({"assessment": "paper-1", "route": route, "individuals": individuals, "due_on": due});
        let form: SecretaryForm = serde_json::from_value(form).unwrap();
        assert_eq!(parts(&form.check(&owed, &law())), expected, "{count} {route} {individuals} {due}");
    }
}

#[test]
fn an_agreement_has_every_clause() {
    let known =
        Clauses::parse(include_str!("../../../../content/regulations/hipaa-associates.toml")).unwrap();
    let text = "The associate does all that this clause asks for, in these words and more.";
    let all = known.clauses.iter().map(|clause| (clause.id.clone(), text.to_owned())).collect();
    let sound = Agreement {
        associate: "Ledger Billing".to_owned(),
        service: "Submits claims and collects what is owed.".to_owned(),
        breach_days: 10,
        signed_on: on("2031-01-01"),
        clauses: all,
    };
    let check = |agreement: &Agreement| agreement.check(&known, on("2031-03-04"), &law());
    assert_eq!(check(&sound), []);
    for clause in &known.clauses {
        let mut without = sound.clone();
        without.clauses.remove(&clause.id);
        assert_eq!(parts(&check(&without)), [clause.id.as_str()]);
    }
    for (days, fault) in [(0, true), (1, false), (60, false), (61, true)] {
        assert_eq!(!check(&Agreement { breach_days: days, ..sound.clone() }).is_empty(), fault, "{days}");
    }
    assert_eq!(parts(&check(&Agreement { signed_on: on("2031-03-05"), ..sound.clone() })), ["signed_on"]);
    let mut invented = sound;
    invented.clauses.insert("warranty".to_owned(), text.to_owned());
    assert_eq!(parts(&check(&invented)), ["warranty"]);
}

#[test]
fn a_risk_analysis_is_held_against_the_hospital() {
    let text = "title = \"T\"\nread = \"2026-11-27\"\n[[question]]\nid = \"leavers\"\nsection = \"164.308\"\nsays = \"s\"\nlook = \"l\"\n";
    let questions = Questions::parse(text).unwrap();
    let plan = "Remove the account of whoever leaves, the same day.";
    for (holds, answer, note, faults) in [
        (true, "yes", "", 0),
        (false, "yes", "", 1),
        (false, "no", plan, 0),
        (false, "no", "later", 1),
        (true, "no", plan, 1),
    ] {
        let form: RiskAnalysis =
            serde_json::from_value(json!({"answers": {"leavers": {"answer": answer, "note": note}}}))
                .unwrap();
        let measured = [Measured { id: "leavers", holds, seen: "1 account".to_owned() }];
        assert_eq!(form.check(&questions, &measured).len(), faults, "{holds} {answer} {note}");
    }
    let form: RiskAnalysis = serde_json::from_value(json!({"answers": {}})).unwrap();
    assert_eq!(parts(&form.check(&questions, &[])), ["leavers"]);
}

#[test]
fn a_policy_in_force_is_held_against_what_the_hospital_does() {
    let known = Topics::parse(include_str!("../../../../content/regulations/hipaa-policies.toml")).unwrap();
    let roles = BTreeSet::from(["registrar".to_owned()]);
    let sound = json!({
        "topic": "termination", "rule": "Whoever leaves has no access after their last day.",
        "procedure": "The registrar closes the account on the last day, before noon.",
        "evidence": "The list of leavers, with the day each account was closed.", "role": "registrar",
        "in_force_on": "2031-03-04", "review_on": "2032-03-04", "keep_until": "2038-03-04",
    });
    let check = |part: &str, value: Value, holds: bool| {
        let mut form = sound.clone();
        form[part] = value;
        let form: PolicyForm = serde_json::from_value(form).unwrap();
        let measured = [Measured { id: "leavers", holds, seen: "2 of people who have left".to_owned() }];
        form.check(&known, &roles, &measured, on("2031-03-04"))
    };
    let cases = [
        ("topic", json!("termination"), true, vec![]),
        ("topic", json!("parking"), true, vec!["topic"]),
        ("topic", json!("sanctions"), false, vec![]),
        ("rule", json!("Yes."), true, vec!["rule"]),
        ("procedure", json!(""), true, vec!["procedure"]),
        ("evidence", json!("  see above  "), true, vec!["evidence"]),
        ("role", json!("somebody"), true, vec!["role"]),
        ("review_on", json!("2031-03-04"), true, vec!["review_on"]),
        ("keep_until", json!("2038-03-03"), true, vec!["keep_until"]),
        ("in_force_on", json!("2031-03-04"), false, vec!["rule"]),
        // What is not in force yet cannot be broken yet.
        ("in_force_on", json!("2031-03-05"), false, vec![]),
    ];
    for (part, value, holds, expected) in cases {
        assert_eq!(parts(&check(part, value.clone(), holds)), expected, "{part} {value} {holds}");
    }
    let told = check("in_force_on", json!("2031-03-01"), false);
    assert!(told[0].what.contains("since 2031-03-01") && told[0].what.contains("2 of people"), "{told:?}");
}

#[test]
fn a_sanction_rests_on_what_the_person_did() {
    let doers = [(1, "eve".to_owned()), (2, "ana".to_owned())];
    for (evidence, person, known, expected) in [
        (json!([1]), "eve", true, vec![]),
        (json!([]), "eve", true, vec!["evidence"]),
        (json!([2]), "eve", true, vec!["evidence"]),
        (json!([3]), "eve", true, vec!["evidence"]),
        (json!([1]), "eve", false, vec!["person"]),
    ] {
        let form: SanctionForm = serde_json::from_value(json!({
            "person": person, "case": "case-1", "level": "warning", "why": "Opened a chart without any part in the care.",
            "evidence": evidence,
        }))
        .unwrap();
        assert_eq!(parts(&form.check(&doers, known)), expected, "{evidence} {person}");
    }
}
