//! Verdicts on what was observed.

use serde_json::{Value, json};
use training::check::{Request, Verdict, depends_on, judge, requests, touched_by, truth};
use training::content::{SourceFile, load};
use training::facts::{Entry, Observed};
use training::lab::{Check, Role};
use training::text::Values;

use crate::fake::Small;

/// Reads one check from TOML, as a lab would hold it.
pub(crate) fn read(check: &str) -> Check {
    let lab = format!(
        "+++\nid = \"l\"\n[[fault]]\nat = \"start\"\ndo = \"x\"\n[[step]]\nid = \"s\"\n[[step.check]]\n{check}\n+++\nBrief."
    );
    let catalogue = load(&[SourceFile::new("labs/l/lab.md", lab)]).value;
    catalogue.lab("l").unwrap().variants[0].checks().next().expect("a readable check").clone()
}

fn values() -> Values {
    let value = json!({
        "p": { "id": "abc", "name": "O'Hara" },
        "fault": { "pairs": [{ "id": "one" }, { "id": "two" }] },
    });
    value.as_object().unwrap().iter().map(|(name, value)| (name.clone(), value.clone())).collect()
}

fn verdict(check: &str, observed: &[Observed]) -> Verdict {
    judge(&read(check), &values(), observed, &Small)
}

fn bundle(resources: &[Value]) -> Observed {
    let entries: Vec<Value> = resources.iter().map(|resource| json!({ "resource": resource })).collect();
    Observed::Bundle(json!({ "resourceType": "Bundle", "type": "searchset", "entry": entries }))
}

fn entry(seq: u64, kind: &str, minute: i64, detail: &Value) -> Entry {
    Entry {
        seq,
        virtual_time_us: minute * 60_000_000,
        actor: "learner".to_owned(),
        source: "fhir".to_owned(),
        target: "EHR".to_owned(),
        kind: kind.to_owned(),
        subject: Some("Patient/abc".to_owned()),
        outcome: "ok".to_owned(),
        detail: detail.clone(),
    }
}

const FHIR: &str = r#"
kind = "fhir"
id = "c"
title = "{p.name} has one stay that is finished"
search = "Encounter?patient={p.id}"
expect = "entry.count() = 1 and entry.resource.status = 'finished'"
observe = "entry.resource.status"
hint = ["x"]
"#;

#[test]
fn a_search_is_asked_for_and_its_bundle_judged() {
    let asked = requests(&read(FHIR), &values()).unwrap();
    assert_eq!(asked, [Request::Search { url: "Encounter?patient=abc".to_owned() }]);
    let running = json!({ "resourceType": "Encounter", "status": "in-progress" });
    let failed = verdict(FHIR, &[bundle(&[running])]);
    assert!(!failed.passed);
    assert_eq!(failed.expected, "O'Hara has one stay that is finished");
    assert_eq!(failed.observed, "Found 1 Encounter. There: in-progress.");
    assert_eq!(failed.location.as_deref(), Some("Encounter?patient=abc"));
    assert!(failed.detail.ends_with("not so: `entry.resource.status = 'finished'`"), "{}", failed.detail);
    let finished = json!({ "resourceType": "Encounter", "status": "finished" });
    assert!(verdict(FHIR, &[bundle(&[finished])]).passed);
    assert_eq!(verdict(FHIR, &[bundle(&[])]).observed, "Found nothing. Nothing there yet.");
}

#[test]
fn what_cannot_be_looked_up_has_not_passed() {
    let failed = verdict(FHIR, &[Observed::Failed("the sandbox is closed".to_owned())]);
    assert!(!failed.passed);
    assert_eq!(failed.observed, "This could not be looked up just now.");
    assert_eq!(failed.detail, "the sandbox is closed");
    assert!(!verdict(FHIR, &[]).passed);
    assert!(!verdict(&FHIR.replace("finished'", "finished' ??"), &[bundle(&[])]).passed);
}

#[test]
fn each_item_is_looked_at_and_hidden_facts_stay_hidden() {
    let check = r#"
kind = "fhir"
id = "c"
title = "Both are retired"
for_each = "fault.pairs"
search = "Patient?_id={each.id}"
expect = "entry.resource.active = false"
hint = ["x"]
"#;
    let urls: Vec<Request> = requests(&read(check), &values()).unwrap();
    assert_eq!(urls[1], Request::Search { url: "Patient?_id=two".to_owned() });
    let (off, on) = (json!({ "active": false }), json!({ "active": true }));
    let (off, on) = (bundle(&[off]), bundle(&[on]));
    assert!(verdict(check, &[off.clone(), off.clone()]).passed);
    let failed = verdict(check, &[off, on]);
    assert!(!failed.passed);
    assert_eq!(failed.location, None);
    assert!(!failed.observed.contains("two"), "{}", failed.observed);
    assert!(failed.observed.ends_with("Looked at 2 of 2."));
}

const JOURNAL: &str = r#"
kind = "journal"
id = "c"
title = "Read, then written within ten minutes"
where = { subject = "Patient/{p.id}", outcome = "ok" }
expect = { count = ">= 2", order = [{ kind = "fhir.read" }, { kind = "fhir.update", "detail.if_match" = "*" }], within = "10 min" }
hint = ["x"]
"#;

#[test]
fn the_journal_is_counted_ordered_and_timed() {
    let check = |entries: &[Entry], passed: bool, observed: &str| {
        let verdict = verdict(JOURNAL, &[Observed::Entries(entries.to_vec())]);
        assert_eq!((verdict.passed, verdict.observed.as_str()), (passed, observed));
    };
    let read = |minute| entry(1, "fhir.read", minute, &json!({}));
    let update = |minute, detail| entry(2, "fhir.update", minute, &detail);
    check(&[], false, "The journal holds 0 such entries. 0 of 2 steps came in the right order.");
    check(&[read(0), update(5, json!({ "if_match": 1 }))], true, "The journal holds 2 such entries.");
    check(
        &[read(0), update(5, json!({}))],
        false,
        "The journal holds 2 such entries. 1 of 2 steps came in the right order.",
    );
    check(
        &[update(0, json!({ "if_match": 1 })), read(5)],
        false,
        "The journal holds 2 such entries. 1 of 2 steps came in the right order.",
    );
    check(
        &[read(0), update(11, json!({ "if_match": 1 }))],
        false,
        "The journal holds 2 such entries. They lie 11 min apart.",
    );
}

#[test]
fn a_trap_holds_until_it_is_tripped_and_then_explains() {
    let trap = r#"
kind = "journal"
id = "c"
title = "Nothing was deleted"
modifier = "never"
where = { kind = "fhir.delete" }
say = "A record was deleted."
"#;
    assert!(verdict(trap, &[Observed::Entries(Vec::new())]).passed);
    let tripped = verdict(trap, &[Observed::Entries(vec![entry(9, "fhir.delete", 0, &json!({}))])]);
    assert!(!tripped.passed);
    assert_eq!(tripped.observed, "A record was deleted. The journal holds 1 such entry.");
    assert_eq!(tripped.location.as_deref(), Some("journal entry 9"));
}

#[test]
fn a_probe_is_judged_by_status_and_body() {
    let check = r#"
kind = "http"
id = "c"
title = "Others are kept out"
as = "other-learner"
path = "/fhir/Patient/{p.id}"
expect = { status = 403, body = "resourceType = 'OperationOutcome'" }
hint = ["x"]
"#;
    let asked = requests(&read(check), &values()).unwrap();
    let Request::Http { role, path, .. } = &asked[0] else { panic!("{asked:?}") };
    assert_eq!((*role, path.as_str()), (Role::OtherLearner, "/fhir/Patient/abc"));
    let reply = |status, body| [Observed::Reply { status, body }];
    assert!(verdict(check, &reply(403, json!({ "resourceType": "OperationOutcome" }))).passed);
    let open = verdict(check, &reply(200, json!({})));
    assert_eq!(open.observed, "Asked as other-learner, the answer was 200; expected 403.");
    assert!(!verdict(check, &reply(403, json!({}))).passed);
}

#[test]
fn answers_are_compared_without_giving_the_truth_away() {
    let check = |score: &str, truth: &str, answer: Option<&str>, passed: bool, observed: &str| {
        let text = format!(
            "kind = \"answer\"\nid = \"c\"\nask = \"Which?\"\ntruth = \"{truth}\"\nscore = \"{score}\"\nhint = [\"x\"]"
        );
        let verdict = verdict(&text, &[Observed::Answer(answer.map(str::to_owned))]);
        assert_eq!((verdict.passed, verdict.observed.as_str()), (passed, observed), "{answer:?}");
    };
    check("exact", "{fault.pairs.id}", Some(" TWO ;one"), true, "Your answer is right.");
    check("exact", "{fault.pairs.id}", Some("one"), false, "Of your answer, 1 right and 0 wrong; 1 missing.");
    check("exact", "{p.id}", Some("abd"), false, "Your answer is not right.");
    check("exact", "{p.id}", Some("  "), false, "There is no answer yet.");
    check("exact", "{p.id}", None, false, "There is no answer yet.");
    check(
        "f1 >= 0.6",
        "{fault.pairs.id}",
        Some("one"),
        true,
        "Of your answer, 1 right and 0 wrong; 1 missing.",
    );
    check("within 0.5", "37.2", Some("37.5"), true, "Your answer is right.");
    check("within 0.5", "37.2", Some("39"), false, "Your number is not close enough.");
    check("within 0.5", "37.2", Some("warm"), false, "Your answer is not a number.");
}

#[test]
fn a_truth_can_be_searched_for() {
    let check = read(
        "kind = \"answer\"\nid = \"c\"\nask = \"How many?\"\ntruth = { search = \"Observation?patient={p.id}\", value = \"entry.count()\" }\nhint = [\"x\"]",
    );
    let observed =
        |answer: &str| [Observed::Answer(Some(answer.to_owned())), bundle(&[json!({}), json!({})])];
    assert!(judge(&check, &values(), &observed("2"), &Small).passed);
    assert!(!judge(&check, &values(), &observed("3"), &Small).passed);
    assert_eq!(truth(&check, &values(), &observed(""), &Small), Some(Ok(vec!["2".to_owned()])));
    assert_eq!(truth(&read(FHIR), &values(), &[], &Small), None);
}

#[test]
fn checks_run_again_when_something_they_depend_on_happens() {
    let touches = |check: &str, kind: &str| touched_by(&read(check), &entry(1, kind, 0, &json!({})));
    assert!(
        touches(FHIR, "fhir.update")
            && touches(FHIR, "fhir.patch")
            && touches(FHIR, "command")
            && touches(FHIR, "sandbox.undo")
    );
    assert!(!touches(FHIR, "fhir.read") && !touches(FHIR, "lab.answer"));
    assert!(touches(JOURNAL, "auth.login"), "its filter names no kind, so any entry may count");
    let answer = "kind = \"answer\"\nid = \"c\"\nask = \"?\"\ntruth = \"{p.id}\"\nhint = [\"x\"]";
    assert_eq!(depends_on(&read(answer)), ["lab.answer", "sandbox.*"]);
}

const SUPPORT: &str = r#"
kind = "support"
id = "c"
title = "Caught, and quiet"
interrupted = "<= 0.5"
hint = ["x"]
order = [
  { dangerous = true, orderable = "a", egfr = "{p.id}" },
  { dangerous = true, orderable = "b" },
  { dangerous = false, orderable = "c" },
  { dangerous = false, orderable = "d" },
]
"#;

#[test]
fn rules_are_judged_by_what_they_catch_and_whom_they_leave_in_peace() {
    let asked = requests(&read(SUPPORT), &values()).unwrap();
    let Request::Support { orders } = &asked[0] else { panic!("{asked:?}") };
    assert_eq!(orders[0], json!({"orderable": "a", "egfr": "abc"}));
    assert!(depends_on(&read(SUPPORT)).contains(&"command".to_owned()));
    for (interrupted, passed) in [
        ([true, true, false, false], true),
        ([true, true, true, false], true),
        ([true, true, true, true], false),
        ([true, false, false, false], false),
        ([false, false, false, false], false),
    ] {
        let verdict = verdict(SUPPORT, &[Observed::Interrupted(interrupted.to_vec())]);
        assert_eq!(verdict.passed, passed, "{interrupted:?}");
    }
    assert!(!verdict(SUPPORT, &[Observed::Interrupted(vec![true, true])]).passed, "not all were tried");
}

#[test]
fn a_verdict_on_rules_says_how_many_and_never_which() {
    let verdict = verdict(SUPPORT, &[Observed::Interrupted(vec![true, false, true, true])]);
    assert_eq!(
        verdict.observed,
        "Tried on orders you have not seen: of 2 dangerous ones, 1 were interrupted; of 2 harmless ones, 2 were, where 50 percent may be."
    );
    assert_eq!(verdict.detail, "judged wrongly, counted from 0: 1, 2, 3");
    assert_eq!(verdict.location, None);
}
