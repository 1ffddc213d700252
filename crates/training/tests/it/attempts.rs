//! Attempts: what a learner meets, and how far they are.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use training::attempt::{
    CheckState, Clock, Grain, HINTS_FREE_AFTER, Refusal, Restore, Seed, choose_variant, fault_values,
    fields_of, hint_price, offer, progress, reset, resolve, settle, view,
};
use training::check::Verdict;
use training::content::{SourceFile, load};
use training::lab::{Lab, Variant};
use training::text::Values;

use crate::content::catalogue;
use crate::fake::Small;

fn lab(params: &str) -> Lab {
    let text = format!(
        r#"+++
id = "l"
virtual_now = "2031-03-04T06:00"
{params}
[[step]]
id = "one"
[[step.check]]
kind = "answer"
id = "a"
ask = "?"
truth = "{{x}}"
hint = ["nudge", "pointer", "method", "worked step"]
[[step.check]]
kind = "answer"
id = "extra"
ask = "?"
truth = "{{x}}"
hint = ["h"]
modifier = "bonus"
[[step]]
id = "two"
[[step.check]]
kind = "answer"
id = "b"
ask = "?"
truth = "{{x}}"
hint = ["h"]
within = "10 min"
stable_for = "2 min"
[[step.check]]
kind = "journal"
id = "trap"
title = "t"
modifier = "never"
where = {{ kind = "fhir.delete" }}
say = "no"
+++
Brief."#
    );
    let catalogue = load(&[SourceFile::new("labs/l/lab.md", text)]).value;
    catalogue.lab("l").unwrap().clone()
}

fn seed(learner: &str) -> Seed {
    Seed::derive(b"key", learner, "l", 1)
}

/// Twenty patients, of whom p7 is in a bed; searches are answered without looking at anything but `patient=`.
fn hospital(url: &str) -> Result<Value, String> {
    let patient = |number: usize| {
        json!({ "resource": {
            "resourceType": "Patient", "id": format!("p{number}"), "active": number != 3, "birthDate": "1980-01-01",
            "identifier": [{ "system": "other", "value": "x" }, { "system": "https://practicum.example/mrn", "value": format!("{number}") }],
            "name": [{ "family": "F", "given": ["G", "H"] }],
        } })
    };
    let entries: Vec<Value> = match url.split_once("patient=") {
        Some((_, id)) => (id == "p7").then(|| json!({ "resource": {} })).into_iter().collect(),
        None => (0..20).map(patient).collect(),
    };
    Ok(json!({ "entry": entries }))
}

fn make(lab: &Lab, seed: &Seed) -> Result<Values, String> {
    let built_in = Values::from([("now".to_owned(), json!("2031-03-04T06:00:00Z"))]);
    resolve(lab, &lab.variants[0], seed, &built_in, &Small, &mut hospital).map_err(|error| error.to_string())
}

const PARAMS: &str = r#"
[params]
pick = { pick = ["a", "b", "c"] }
number = { number = { min = -3, max = 3 } }
digits = { digits = 8 }
date = { date = { from = "1990-01-01", to = "1990-01-31" } }
ago = { minutes_ago = { min = 10, max = 20 } }
person = { person = { gender = "female", born = { from = "1950-01-01", to = "1950-12-31" } } }
one = { search = "Patient?x={digits}", only = "active = true", unless = "Encounter?patient={each.id}" }
three = { search = "Patient?not={one.id}", count = 3 }
"#;

#[test]
fn one_seed_makes_the_same_values_and_another_makes_others() {
    let lab = lab(PARAMS);
    let first = make(&lab, &seed("ann")).unwrap();
    assert_eq!(first, make(&lab, &seed("ann")).unwrap());
    assert_ne!(first, make(&lab, &seed("bob")).unwrap());
    assert_ne!(first, make(&lab, &Seed::derive(b"key", "ann", "l", 2)).unwrap());
    assert_ne!(first, make(&lab, &Seed::derive(b"other key", "ann", "l", 1)).unwrap());
    assert_eq!(first["three"].as_array().map(Vec::len), Some(3));
    assert_eq!(first["person"]["gender"], "female");
    assert_eq!(first["variant"], "base");
    assert_eq!(first["now"], "2031-03-04T06:00:00Z");
}

#[test]
fn a_new_param_leaves_the_others_as_they_were() {
    let before = make(&lab(PARAMS), &seed("ann")).unwrap();
    let mut after = make(&lab(&format!("{PARAMS}\nextra = {{ digits = 4 }}")), &seed("ann")).unwrap();
    after.remove("extra");
    assert_eq!(before, after);
}

#[test]
fn too_few_matches_are_an_error() {
    let error =
        make(&lab("[params]\nmany = { search = \"Patient\", count = 21 }"), &seed("ann")).unwrap_err();
    assert_eq!(error, "the param `many` cannot be made: `Patient` finds 20 of the 21 that are needed");
}

#[test]
fn fixed_values_may_speak_of_params() {
    let catalogue = catalogue();
    let lab = catalogue.lab("fhir-by-hand").unwrap();
    let variant = lab.variant("allergy").unwrap();
    let mut variant = Variant { params: variant.params.clone(), ..variant.clone() };
    variant.params.retain(|param| param.name == "substance");
    let mut none = |_: &str| Err("no search is needed".to_owned());
    let values = resolve(lab, &variant, &seed("ann"), &Values::new(), &Small, &mut none).unwrap();
    let told = values["told"].as_str().unwrap();
    assert!(told.contains(values["substance"]["name"].as_str().unwrap()), "{told}");
}

#[test]
fn resources_are_seen_as_plain_fields() {
    let stay = json!({
        "resourceType": "Encounter", "id": "e1", "status": "in-progress", "class": { "code": "IMP" },
        "meta": { "versionId": "4" }, "subject": { "reference": "Patient/p1" }, "period": { "start": "2031-03-01" },
        "location": [{ "location": { "reference": "Location/old" } }, { "location": { "reference": "Location/l1" } }],
    });
    let bed = json!({ "resourceType": "Location", "id": "l1", "name": "4 West, bed 7", "identifier": [{ "value": "4W-07" }] });
    let view = view(&stay, &[&bed]);
    assert_eq!(view["location"]["label"], "4W-07");
    assert_eq!(view["patient"], json!({ "id": "p1", "type": "Patient" }));
    assert_eq!((view["version"].as_str(), view["class"].as_str()), (Some("4"), Some("IMP")));
    let fields: Vec<&String> = view.as_object().unwrap().keys().collect();
    assert!(fields.iter().all(|field| fields_of("Encounter").contains(&field.as_str())), "{fields:?}");
}

#[test]
fn faults_report_into_one_value() {
    let reports = [json!({ "survivor": { "id": "a" } }), json!({ "edited": 1 }), json!(null)];
    assert_eq!(fault_values(&reports), json!({ "survivor": { "id": "a" }, "edited": 1 }));
}

#[test]
fn variants_are_spread_and_change_with_every_attempt() {
    let catalogue = catalogue();
    let lab = catalogue.lab("two-charts-one-patient").unwrap();
    let id = |learner: &str, attempt| choose_variant(lab, b"key", learner, attempt).unwrap().id.clone();
    assert_eq!(id("ann", 1), id("ann", 1));
    assert_ne!(id("ann", 1), id("ann", 2));
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for learner in 0..400 {
        *counts.entry(id(&format!("learner {learner}"), 1)).or_default() += 1;
    }
    assert!(counts.len() == 4 && counts.values().all(|count| *count > 60), "{counts:?}");
}

fn verdict(passed: bool) -> Verdict {
    Verdict { passed, ..Verdict::default() }
}

fn at(minute: i64) -> Clock {
    Clock { started_us: 0, now_us: minute * 60_000_000 }
}

#[test]
fn a_check_has_to_hold_and_to_be_in_time() {
    let lab = lab("");
    let check = lab.variants[0].check("b").unwrap();
    let first = settle(check, &CheckState::default(), verdict(true), at(3), false);
    assert!(!first.green, "it has not held for two minutes yet");
    let held = settle(check, &first, verdict(true), at(5), false);
    assert!(held.green);
    let broken = settle(check, &held, verdict(false), at(6), true);
    assert_eq!((broken.green, broken.failed_asks, broken.passed_since_us), (false, 1, None));
    let late = settle(check, &broken, verdict(true), at(11), false);
    assert!(!settle(check, &late, verdict(true), at(14), false).green, "it passed after ten minutes");
}

fn green() -> CheckState {
    CheckState { verdict: Some(verdict(true)), green: true, ..CheckState::default() }
}

#[test]
fn a_lab_is_finished_when_every_must_is_green_and_no_trap_tripped() {
    let lab = lab("");
    let variant = &lab.variants[0];
    let mut states = BTreeMap::from([("a".to_owned(), green())]);
    let part = progress(variant, &states);
    assert_eq!(
        (part.finished, part.score, part.steps[0].done(), part.steps[1].done()),
        (false, 0.5, true, false)
    );
    states.insert("b".to_owned(), green());
    let whole = progress(variant, &states);
    assert_eq!((whole.finished, whole.score), (true, 1.0));
    let tripped = CheckState { verdict: Some(verdict(false)), ever_tripped: true, ..CheckState::default() };
    states.insert("trap".to_owned(), tripped.clone());
    let harmed = progress(variant, &states);
    assert_eq!((harmed.finished, harmed.score, harmed.tripped), (false, 0.0, vec!["trap".to_owned()]));
    states.insert("trap".to_owned(), CheckState { verdict: Some(verdict(true)), ..tripped });
    let mended = progress(variant, &states);
    assert!(mended.finished && (mended.score - 0.9).abs() < 1e-9, "{mended:?}");
    assert!(!progress(variant, &BTreeMap::new()).finished);
}

#[test]
fn hints_are_priced_in_this_check_and_the_first_is_free_after_three_tries() {
    let lab = lab("");
    let check = lab.variants[0].check("a").unwrap();
    let mut state = CheckState::default();
    assert_eq!(
        offer(check, &state).map(|offer| (offer.name, offer.price, offer.free)),
        Ok(("nudge", 0.1, false))
    );
    for _ in 0..HINTS_FREE_AFTER {
        state = settle(check, &state, verdict(false), at(1), true);
    }
    assert_eq!(offer(check, &state).map(|offer| (offer.text, offer.free)), Ok(("nudge", true)));
    state.hints.push(true);
    assert_eq!(offer(check, &state).map(|offer| (offer.name, offer.price)), Ok(("pointer", 0.15)));
    state.hints.extend([false, false, false]);
    assert_eq!(offer(check, &state), Err(Refusal::Taken));
    assert!((hint_price(&state.hints) - 0.9).abs() < 1e-9);
    state.green = true;
    assert_eq!(offer(check, &state), Err(Refusal::Green));
    let states = BTreeMap::from([("a".to_owned(), state), ("b".to_owned(), green())]);
    assert!((progress(&lab.variants[0], &states).score - 0.55).abs() < 1e-9);
}

#[test]
fn each_grain_of_reset_takes_what_it_should() {
    let lab = lab("");
    let plan = |grain| reset(&lab.variants[0], &grain).unwrap();
    let first = plan(Grain::Step("one".to_owned()));
    assert_eq!((first.restore, first.forget.len()), (Restore::Start, 4));
    let second = plan(Grain::Step("two".to_owned()));
    assert_eq!(second.restore, Restore::Snapshot("step-two".to_owned()));
    assert_eq!(second.forget, ["b", "trap"]);
    assert_eq!(plan(Grain::Lab).restore, Restore::Start);
    assert_eq!((plan(Grain::Sandbox).restore, plan(Grain::Sandbox).next_attempt), (Restore::Fresh, false));
    assert!(plan(Grain::Track).next_attempt);
    assert_eq!(reset(&lab.variants[0], &Grain::Step("nine".to_owned())), None);
    let used = CheckState { hints: vec![false], ever_tripped: true, failed_asks: 4, ..green() };
    let forgotten = used.forgotten();
    assert_eq!((forgotten.hints.len(), forgotten.ever_tripped, forgotten.green), (1, true, false));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn values_stay_within_their_bounds(learner in "[a-z]{1,8}") {
        let values = make(&lab(PARAMS), &seed(&learner)).unwrap();
        prop_assert!((-3..=3).contains(&values["number"].as_i64().unwrap()));
        let digits = values["digits"].as_str().unwrap();
        prop_assert!(digits.len() == 8 && !digits.starts_with('0'));
        prop_assert!(values["date"].as_str().unwrap().starts_with("1990-01-"));
        let ago = values["ago"].as_str().unwrap();
        prop_assert!(("2031-03-04T05:40:00".."2031-03-04T05:50:01").contains(&ago), "{}", ago);
        prop_assert!(values["person"]["birth_date"].as_str().unwrap().starts_with("1950-"));
        let one = values["one"]["id"].as_str().unwrap();
        prop_assert!(one != "p7" && one != "p3", "{} is in a bed or not active", one);
    }
}
