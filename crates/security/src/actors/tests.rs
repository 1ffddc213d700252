use serde_json::json;

use super::*;
use crate::detection::{Alerts, Detector, read};
use crate::meters::{Incident, score};
use crate::telemetry::Signal;

const NOW_US: i64 = 1_900_000_000_000_000;

fn account(login: String, role: Role, unit: &str, address: String) -> Account {
    Account { name: login.to_uppercase(), login, role, unit: unit.to_owned(), address, record: None }
}

fn ground() -> Ground {
    let roles = [
        (Role::Nurse, 16),
        (Role::Physician, 8),
        (Role::Emergency, 6),
        (Role::Registrar, 4),
        (Role::Coder, 3),
        (Role::Technician, 3),
    ];
    let units = ["4 West", "5 East"];
    let staff = roles.iter().flat_map(|(role, count)| {
        (0..*count).map(move |n| {
            let unit = units[n % units.len()];
            account(
                format!("{}{n}", role.word()),
                *role,
                unit,
                format!("10.20.{}.{}", n % units.len(), 11 + n % 3),
            )
        })
    });
    let portal = (0..40).map(|n| Account {
        record: Some(format!("Patient/p{n}")),
        ..account(format!("patient{n}"), Role::Patient, "", format!("198.51.100.{}", 100 + n))
    });
    Ground {
        now_us: NOW_US,
        staff: staff.collect(),
        portal: portal.collect(),
        devices: [
            ("CR01", Role::Modality),
            ("CT01", Role::Modality),
            ("READ01", Role::Station),
            ("READ02", Role::Station),
        ]
        .iter()
        .zip(11..)
        .map(|((title, role), last)| account((*title).to_owned(), *role, "", format!("10.30.0.{last}")))
        .collect(),
        charts: (0..60)
            .map(|n| Chart { id: format!("p{n}"), unit: units[n % units.len()].to_owned() })
            .collect(),
        orders: (0..135)
            .map(|n| {
                let (tenths, due_us) = forging::Forging::due(NOW_US, 1, n);
                let (id, patient) = (format!("o{n}"), format!("p{}", n % 60));
                Order { id, mrn: patient.clone(), patient, tenths, due_us }
            })
            .collect(),
        records: (0..60).map(|n| (format!("AllergyIntolerance/a{n}"), format!("p{n}"))).collect(),
    }
}

fn scenes() -> Vec<Scene> {
    [
        json!({"do": "credential-stuffing", "addresses": 1, "pace_s": 20}),
        json!({"do": "credential-stuffing", "addresses": 4, "pace_s": 60, "inside": false}),
        json!({"do": "chart-snooping", "vip": "p2", "hours": 12, "among": ["nurse", "registrar", "emergency"], "looks": 3}),
        json!({"do": "archive-harvest", "pace_s": 30}),
        json!({"do": "false-results", "tenths": 72, "sender": "LIS"}),
        json!({"do": "object-guessing", "pace_s": 30, "form": "results", "accounts": 3, "inside": true}),
        json!({"do": "record-locking", "records": "AllergyIntolerance", "pace_s": 40, "inside": true}),
    ]
    .iter()
    .map(|table| Scene::read(table).unwrap())
    .collect()
}

#[test]
fn a_scene_says_what_it_does_not_know() {
    for table in [
        json!({"do": "shell-access"}),
        json!({"do": "record-locking"}),
        json!({"do": "credential-stuffing", "addresses": 1, "pace_s": 20, "host": "203.0.113.7:22"}),
    ] {
        assert!(matches!(Scene::read(&table), Err(SceneError::Shape(_))), "{table}");
    }
    let empty = Ground::default();
    assert!(scenes().iter().all(|scene| scene.fits(&empty).is_err()));
    assert!(scenes().iter().all(|scene| scene.fits(&ground()).is_ok()));
}

#[test]
fn a_famous_patient_needs_a_ward_on_which_somebody_works() {
    let mut ground = ground();
    let famous = ground.charts.iter_mut().find(|chart| chart.id == "p2").unwrap();
    famous.unit = "Step-down Unit, bed 15".to_owned();
    let snooping = scenes().into_iter().find(|scene| matches!(scene, Scene::ChartSnooping(_))).unwrap();
    assert!(matches!(snooping.fits(&ground), Err(SceneError::Ground(what)) if what.contains("on that ward")));
}

#[test]
fn there_is_two_hundred_times_more_honest_work_than_attack() {
    let ground = ground();
    for scene in scenes() {
        for seed in 0..5 {
            let (hours, count) = scene.span();
            let honest = scene.care(&ground, seed, (NOW_US - hours * 3_600_000_000, NOW_US), count);
            let hostile = scene.past(&ground, seed).into_iter().filter(|act| act.hostile).count();
            assert!(hostile > 0 && honest.len() >= 200 * hostile, "{scene:?}: {} to {hostile}", honest.len());
            assert!(honest.iter().all(|act| !act.hostile && act.at_us < NOW_US));
            assert!(honest.is_sorted_by_key(|act| act.at_us));
        }
    }
}

#[test]
fn nobody_happens_upon_the_famous_chart_but_those_who_care_for_it() {
    let (ground, span) = (ground(), (NOW_US - 43_200_000_000, NOW_US));
    let snooping = scenes().into_iter().find(|scene| matches!(scene, Scene::ChartSnooping(_))).unwrap();
    let on_ward = |login: &str| ground.staff.iter().any(|one| one.login == login && one.unit == "4 West");
    let looks = |acts: Vec<Act>| acts.into_iter().filter(|act| act.deed.looks_at("p2")).collect::<Vec<_>>();
    assert!(looks(care::care(&ground, 3, span, 1_900)).iter().any(|act| !on_ward(&act.login)));
    let explained = looks(snooping.care(&ground, 3, span, 1_900));
    assert!(!explained.is_empty() && explained.iter().all(|act| on_ward(&act.login)));
}

#[test]
fn the_same_seed_plays_the_same_and_another_meets_others() {
    let ground = ground();
    for scene in scenes() {
        assert_eq!(scene.past(&ground, 7), scene.past(&ground, 7));
        assert_eq!(scene.routes(&ground, 7, 0), scene.routes(&ground, 7, 0));
        let met = (0..6).map(|seed| scene.facts(&ground, seed).to_string());
        assert!(met.collect::<std::collections::BTreeSet<_>>().len() > 1);
    }
}

#[test]
fn every_attack_has_other_ways_and_lies_before_the_learner_comes() {
    let ground = ground();
    for scene in scenes() {
        let routes = scene.routes(&ground, 3, 0);
        assert!(routes.len() >= 3 && routes.iter().all(|route| !route.steps.is_empty()), "{scene:?}");
        let past = scene.past(&ground, 3);
        assert!(past.iter().all(|act| act.at_us < NOW_US), "{scene:?}");
        let suspects = scene.suspects(&ground, 3);
        let stray = |act: &&Act| {
            act.hostile && matches!(act.deed, Deed::Lock { .. }) && !suspects.contains(&act.login)
        };
        assert_eq!(past.iter().find(stray), None);
    }
}

#[test]
fn what_honest_people_change_is_never_attacked() {
    let ground = ground();
    let scene = scenes().pop().unwrap();
    let honest: Vec<Deed> = scene.honest(&ground, 5).into_iter().map(|act| act.deed).collect();
    let kept = |at: &String| honest.contains(&Deed::Amend { at: at.clone() });
    let rounds = (0..8).flat_map(|round| scene.routes(&ground, 5, round)).flat_map(|route| route.steps);
    let attacked = rounds.filter_map(|step| match step.deed {
        Deed::Lock { at } => Some(at),
        _ => None,
    });
    assert_eq!(honest.len(), 4);
    assert_eq!(attacked.into_iter().find(kept), None);
}

/// Nobody who takes part is asked for, each account asks for others, and honest patients ask for nobody but themselves.
#[test]
fn patients_who_ask_for_others_are_told_from_those_who_ask_for_themselves() {
    let ground = ground();
    for accounts in [1, 3] {
        let table =
            json!({"do": "object-guessing", "pace_s": 30, "form": "everything", "accounts": accounts});
        let scene = Scene::read(&table).unwrap();
        let suspects = scene.suspects(&ground, 4);
        assert_eq!(suspects.len(), accounts + 1);
        assert!(scene.leaked(&ground, 4).is_empty(), "they have passwords of their own");
        let asked = |acts: Vec<Act>| -> Vec<(String, bool)> {
            let own = |login: &str| ground.account(login).unwrap().record.clone().unwrap();
            let of = |act: Act| match act.deed {
                Deed::Ask { patient, .. } => {
                    let is_own = own(&act.login) == format!("Patient/{patient}");
                    Some((act.login, is_own))
                }
                _ => None,
            };
            acts.into_iter().filter_map(of).collect()
        };
        let hostile = asked(scene.past(&ground, 4));
        assert_eq!(hostile.len(), 12);
        assert!(hostile.iter().all(|(login, is_own)| suspects.contains(login) && !is_own));
        let used: std::collections::BTreeSet<&String> = hostile.iter().map(|(login, _)| login).collect();
        assert_eq!(used.len(), accounts);
        let honest = asked(scene.care(&ground, 4, (NOW_US - 14_400_000_000, NOW_US), 3_200));
        assert!(honest.len() > 50 && honest.iter().all(|(_, is_own)| *is_own));
        let probes: usize = scene.routes(&ground, 4, 2).iter().map(|route| route.steps.len()).sum();
        assert_eq!(probes, 40);
    }
}

/// Each way of each round answers an order of its own, half an hour and more before the laboratory does, and the ward looks in
/// between: a false result can always do harm, and is never what the laboratory found.
#[test]
fn what_is_forged_comes_before_what_the_laboratory_finds() {
    let ground = ground();
    for sender in ["LIS", "LAB2"] {
        let scene =
            Scene::read(&json!({"do": "false-results", "tenths": 21, "sender": sender, "inside": true}))
                .unwrap();
        let order = |id: &str| ground.orders.iter().find(|order| order.id == id).unwrap();
        let mut answered = std::collections::BTreeSet::new();
        for round in 0..20 {
            let at_us = NOW_US + scene.rest_us() * (i64::try_from(round).unwrap() + 1);
            for step in scene.routes(&ground, 2, round).into_iter().flat_map(|route| route.steps) {
                let Deed::Report { order: id, tenths } = &step.deed else { panic!("{step:?}") };
                assert!(answered.insert(id.clone()), "{id} twice");
                assert!(order(id).due_us >= at_us + 24 * 60_000_000 && order(id).tenths != *tenths, "{id}");
            }
        }
        assert_eq!(answered.len(), 100);
        let care = scene.care(&ground, 2, (NOW_US, NOW_US + scene.rest_us() * 10), 40);
        let honest = care.iter().filter(|act| matches!(act.deed, Deed::Report { .. })).count();
        assert!(honest > 20 && care.iter().any(|act| matches!(act.deed, Deed::Heed { .. })), "{honest}");
        let names = scene.genuine(&ground).iter().all(|order| order.due_us < NOW_US);
        assert!(names && scene.genuine(&ground).len() == 12);
    }
}

/// A rule that looks at what the attack does, tried on an attack elsewhere; and one that knows the address of this one.
#[test]
fn rules_are_tried_on_an_attack_that_nobody_has_seen() {
    let (ground, scene) = (ground(), scenes().remove(0));
    let rule = |extra: &str| {
        format!(
            "title: Refused\nid: a\nname: refused\nlevel: low\nlogsource:\n  product: practicum\n  service: auth\n\
             detection:\n  s:\n    kind: auth.login\n{extra}  f:\n    outcome: ok\n  condition: s and not f\n---\n\
             title: Many refused\nid: b\nlevel: high\ncorrelation:\n  type: value_count\n  rules:\n    - refused\n  \
             group-by:\n    - address\n  timespan: 30m\n  condition:\n    gte: 6\n    field: user\n"
        )
    };
    let other = scene.elsewhere();
    let (hours, count) = scene.span();
    let mut acts = scene.care(&ground, 99, (NOW_US - hours * 3_600_000_000, NOW_US), count);
    acts.extend(other.past(&ground, 99));
    acts.sort_by_key(|act| act.at_us);
    let records = records_of(&acts);
    let seqs =
        acts.iter().zip(&records).filter(|(act, _)| act.hostile).map(|(_, record)| record.seq).collect();
    let incidents = [Incident { name: "attack".to_owned(), seqs }];
    let address = scene.facts(&ground, 1)["from"].as_str().unwrap().to_owned();
    for (extra, recall) in [(String::new(), 1.0), (format!("    address: '{address}'\n"), 0.0)] {
        let rules = read(&rule(&extra)).unwrap();
        let (mut detector, mut alerts) = (Detector::new(&rules).unwrap(), Alerts::new(3_600_000_000));
        for hit in records.iter().map(Signal::of).flat_map(|signal| detector.feed(&signal)) {
            alerts.take(hit);
        }
        let found = score(alerts.raised(), &incidents);
        assert_eq!((found.recall, found.precision), (recall, 1.0), "{extra}");
    }
}
