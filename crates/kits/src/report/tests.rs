use std::collections::BTreeMap;

use standards::fhir::definitions::Definitions;
use standards::fhir::validation::validate;

use super::{coverage, page, test_report};
use crate::model::{Kit, Outcome, Record};

fn kit() -> &'static Kit {
    crate::kit("hl7v2-receiver").expect("the kit is there")
}

/// A run in which everything passed but one test.
fn record() -> Record {
    let inputs = BTreeMap::from([("url".to_owned(), "<127.0.0.1>".to_owned())]);
    let mut record = Record::of(kit(), inputs, 1_930_370_400_000_000);
    for test in kit().tests() {
        record.change(&test.id, |node| node.outcome = Some(Outcome::Pass));
    }
    record.change("hl7v2-receiver/notation/utf-8", |node| {
        node.outcome = Some(Outcome::Fail);
        node.message = "refused <b>".to_owned();
    });
    record.ended_us = Some(1_930_370_460_000_000);
    record
}

#[test]
fn a_test_report_is_valid_fhir_and_says_the_same() {
    let report = test_report(&record());
    assert_eq!(validate(Definitions::r4(), &report), []);
    assert_eq!((&report["result"], &report["status"]), (&"fail".into(), &"completed".into()));
    let tests = report["test"].as_array().expect("there are tests");
    let failed: Vec<_> = tests.iter().filter(|one| one["action"][0]["assert"]["result"] == "fail").collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0]["name"], "hl7v2-receiver/notation/utf-8");
}

#[test]
fn coverage_is_told_for_every_requirement() {
    let covered = coverage(kit(), &record());
    assert_eq!(covered.len(), kit().requirements.len());
    let failed: Vec<_> =
        covered.iter().filter(|one| one.outcome == Some(Outcome::Fail)).map(|one| one.id).collect();
    assert_eq!(failed, ["v2.charset"]);
}

#[test]
fn every_requirement_is_tested_and_every_test_names_known_ones() {
    for kit in crate::kits() {
        let tests = kit.tests();
        for requirement in kit.requirements {
            assert!(
                tests.iter().any(|test| test.requirements.contains(&requirement.id)),
                "{} is not tested",
                requirement.id
            );
        }
        let mut ids: Vec<&str> = tests.iter().map(|test| test.id.as_str()).collect();
        for test in &tests {
            for id in &test.requirements {
                assert!(kit.requirements.iter().any(|one| one.id == *id), "{} names {id}", test.id);
            }
        }
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "ids of {} are unique", kit.id);
    }
}

#[test]
fn the_page_escapes_what_others_wrote() {
    let page = page(kit(), &record());
    assert!(page.contains("refused &lt;b&gt;") && page.contains("&lt;127.0.0.1&gt;"));
    assert!(!page.contains("refused <b>"));
}
