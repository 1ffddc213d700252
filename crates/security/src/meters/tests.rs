use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::detection::{Alert, Alerts, Hit};

fn alert(seqs: &[i64]) -> Alert {
    let hit = Hit {
        rule: "r".to_owned(),
        title: "R".to_owned(),
        level: "high".to_owned(),
        tags: Vec::new(),
        group: Vec::new(),
        value: 1.0,
        seq: seqs[0],
        time_us: 0,
    };
    let mut alerts = Alerts::new(1);
    seqs.iter().for_each(|seq| {
        alerts.take(Hit { seq: *seq, ..hit.clone() });
    });
    alerts.raised()[0].clone()
}

fn incident(seqs: &[i64]) -> Incident {
    Incident { name: "i".to_owned(), seqs: seqs.iter().copied().collect() }
}

#[test]
fn detection_counts_incidents() {
    let incidents = [incident(&[1, 2, 3]), incident(&[10])];
    for (alerts, precision, recall) in [
        (vec![], 1.0, 0.0),
        (vec![alert(&[2])], 1.0, 0.5),
        (vec![alert(&[1]), alert(&[3])], 1.0, 0.5),
        (vec![alert(&[1]), alert(&[99]), alert(&[98]), alert(&[10])], 0.5, 1.0),
        (vec![alert(&[98, 2])], 1.0, 0.5),
    ] {
        let found = score(&alerts, &incidents);
        assert_eq!((found.precision, found.recall), (precision, recall));
    }
    assert_eq!(Score { precision: 0.0, recall: 0.0 }.f(0.5), 0.0);
    assert_eq!(Score { precision: 1.0, recall: 1.0 }.f(0.5), 1.0);
}

#[test]
fn minutes_are_the_hospitals() {
    let turns =
        Turns { began_us: 0, detected_us: Some(90_000_000), contained_us: Some(-5), restored_us: None };
    assert_eq!(minutes(&turns), Minutes { to_detect: Some(1.5), to_contain: Some(0.0), to_restore: None });
}

#[test]
fn exposure_counts_patients_not_answers() {
    let of = |patient: &str, categories: &[&str]| Disclosure {
        patient: patient.to_owned(),
        categories: categories.iter().map(|category| (*category).to_owned()).collect(),
    };
    let found =
        exposure(&[of("p1", &["identifiers", "notes"]), of("p1", &["notes"]), of("p2", &["identifiers"])]);
    assert_eq!((found[""], found["identifiers"], found["notes"]), (2, 2, 1));
    assert_eq!(exposure(&[])[""], 0);
}

#[test]
fn pulling_the_plug_harms() {
    let refused = |weight, delayed_min| Refused { weight, delayed_min };
    assert_eq!(harm(&[refused(10.0, None), refused(1.0, None)]), 11.0);
    assert_eq!(harm(&[refused(10.0, Some(30.0)), refused(10.0, Some(600.0))]), 15.0);
    assert_eq!(harm(&[]), 0.0);
}

#[test]
fn what_still_works_is_not_gone() {
    let replay = |mutation: &str, succeeded| Replay { mutation: mutation.to_owned(), succeeded };
    let replays = [replay("as it was", 0), replay("another address", 2), replay("another account", 0)];
    assert_eq!(eradicated(&replays), ["another address"]);
}

#[test]
fn recovery_weighs_what_came_back_against_what_went() {
    let fields = |pairs: &[(&str, &str)]| {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    };
    let truth: BTreeMap<String, String> = fields(&[("a", "1"), ("b", "2"), ("c", "3")]);
    let now = fields(&[("a", "1"), ("b", "locked")]);
    assert_eq!(recovery(&truth, ["a", "b"], ["c"], &now), Recovery { restored: 0.5, lost: 1.0 });
    assert_eq!(recovery(&truth, ["a", "b"], ["c"], &truth), Recovery { restored: 1.0, lost: 0.0 });
}

proptest! {
    #[test]
    fn one_more_true_alert_never_lowers_a_score(known in prop::collection::vec(1_i64..40, 0..12), more in 1_i64..20) {
        let incidents = [incident(&(1..10).collect::<Vec<_>>()), incident(&(10..20).collect::<Vec<_>>())];
        let mut alerts: Vec<Alert> = known.iter().map(|seq| alert(&[*seq])).collect();
        let before = score(&alerts, &incidents);
        alerts.push(alert(&[more]));
        let after = score(&alerts, &incidents);
        prop_assert!(after.recall >= before.recall);
        prop_assert!(after.precision >= before.precision || before.precision == 1.0);
        prop_assert!((0.0..=1.0).contains(&after.f(0.5)));
    }
}
