//! The overlay's answers equal those of a full rebuild, after anything that can be done to a hospital.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use store::StoreError;
use store::sandbox::HistoryQuery;

use crate::hospital::{self, Hospital, IMAGE, build_image, event, hospital, sandboxes};
use crate::model::{self, Model};

/// One thing done to a hospital.
#[derive(Debug, Clone)]
enum Step {
    /// One change of several writes; of each, the place it goes to and what is written, or nothing to delete.
    Change(Vec<(usize, Option<u8>)>),
    /// A change that fails at its end.
    Failure(Vec<(usize, Option<u8>)>),
    Undo,
    Snapshot(u8),
    Return(u8),
    Reset,
    Reopen,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let writes = || prop::collection::vec((0..PLACES, prop::option::weighted(0.75, 0..4_u8)), 1..4);
    let step = prop_oneof![
        8 => writes().prop_map(Step::Change),
        1 => writes().prop_map(Step::Failure),
        4 => Just(Step::Undo),
        2 => (0..2_u8).prop_map(Step::Snapshot),
        2 => (0..2_u8).prop_map(Step::Return),
        1 => Just(Step::Reset),
        1 => Just(Step::Reopen),
    ];
    prop::collection::vec(step, 1..16)
}

const PLACES: usize = 6;

/// The resource at a place, in one of four states; the image holds the first state of the first four.
fn resource(place: usize, state: u8) -> Value {
    let family = ["Berg", "Tal", "See", "Bergtal"][usize::from(state)];
    match place {
        0 | 1 | 4 => json!({
            "resourceType": "Patient", "id": format!("p{place}"),
            "name": [{"family": family, "given": ["Ana"]}], "active": state == 1,
            "birthDate": format!("19{place}{state}-03-0{}", state + 1),
        }),
        _ => json!({
            "resourceType": "Observation", "id": format!("o{place}"), "status": "final",
            "code": {"coding": [{"system": "http://loinc.org", "code": format!("code-{state}")}]},
            "subject": {"reference": format!("Patient/p{}", state % 2)},
            "effectiveDateTime": format!("2030-0{}-11", state + 1),
            "valueQuantity": {"value": f64::from(state) * 1.5, "unit": "mg"},
        }),
    }
}

fn address(place: usize) -> (String, String) {
    let resource = resource(place, 0);
    (resource["resourceType"].as_str().unwrap().to_owned(), resource["id"].as_str().unwrap().to_owned())
}

const SEARCHES: [(&str, &str); 14] = [
    ("Patient", "_sort=_id"),
    ("Patient", "family=berg"),
    ("Patient", "family:exact=Tal&_sort=birthdate"),
    ("Patient", "name:contains=al"),
    ("Patient", "active=true"),
    ("Patient", "active:not=true&_count=1"),
    ("Patient", "birthdate=ge1910&_sort=-birthdate&_count=1"),
    ("Patient", "_id=p0,p4"),
    ("Patient", "_lastUpdated=gt2000"),
    ("Observation", "code=http://loinc.org|code-1,code-2"),
    ("Observation", "subject=Patient/p1"),
    ("Observation", "value-quantity=gt1.4&_sort=-value-quantity,_id"),
    ("Observation", "date=2030-02&status=final"),
    ("Observation", "encounter:missing=true&_count=2"),
];

/// Does one step to the hospital and to its model.
fn take(hospital: Hospital, model: &mut Model, kept: &mut BTreeMap<u8, Model>, step: &Step) -> Hospital {
    let at_us = hospital.tick();
    match step {
        Step::Change(writes) => {
            // A delete of what is not there is no change, so that the store is never asked for one.
            let mut done = 0;
            model.change(|state| done = write_model(state, writes, at_us));
            if done == 0 {
                model.undo();
                return hospital;
            }
            hospital.sandbox.change(|change| write(change, writes, at_us)).unwrap();
        }
        Step::Failure(writes) => {
            let failed: Result<(), StoreError> = hospital.sandbox.change(|change| {
                write(change, writes, at_us)?;
                Err(StoreError::NotFound { what: "the end of this change".to_owned() })
            });
            assert!(failed.is_err());
        }
        Step::Undo => assert_eq!(hospital.undo(), model.undo()),
        Step::Snapshot(name) => {
            hospital.sandbox.take_snapshot(&format!("s{name}"), &event("sandbox.snapshot")).unwrap();
            kept.insert(*name, model.clone());
        }
        Step::Return(name) => {
            if let Some(then) = kept.get(name) {
                hospital.return_to(&format!("s{name}"));
                *model = then.clone();
            }
        }
        Step::Reset => {
            hospital.reset();
            model.reset();
        }
        Step::Reopen => return hospital.while_closed(|_| {}),
    }
    hospital
}

fn write(
    change: &mut store::sandbox::Change<'_>,
    writes: &[(usize, Option<u8>)],
    at_us: i64,
) -> Result<(), StoreError> {
    for (place, state) in writes {
        let (kind, id) = address(*place);
        match state {
            Some(state) => hospital::put(change, &resource(*place, *state), at_us).map(|_| ())?,
            None if change.view().get(&kind, &id)?.is_some_and(|stored| !stored.deleted) => {
                hospital::delete(change, &kind, &id, at_us)?;
            }
            None => {}
        }
    }
    Ok(())
}

fn write_model(state: &mut model::State, writes: &[(usize, Option<u8>)], at_us: i64) -> usize {
    let mut done = 0;
    for (place, wanted) in writes {
        let (kind, id) = address(*place);
        let there = state.get(&(kind.clone(), id.clone())).and_then(|versions| versions.last()?.1.as_ref());
        match (wanted, there.is_some()) {
            (Some(wanted), _) => model::put(state, &resource(*place, *wanted), at_us),
            (None, true) => model::delete(state, &kind, &id, at_us),
            (None, false) => continue,
        }
        done += 1;
    }
    done
}

/// Every answer about single resources, against the model.
fn check_versions(hospital: &Hospital, model: &Model) {
    for place in 0..PLACES {
        let (kind, id) = address(place);
        let versions = model.now().get(&(kind.clone(), id.clone())).cloned().unwrap_or_default();
        hospital.sandbox.view(|view| {
            let newest = view.get(&kind, &id).unwrap();
            assert_eq!(newest.map_or(0, |stored| stored.version), versions.len() as u64, "{kind}/{id}");
            let query =
                HistoryQuery { kind: Some(&kind), id: Some(&id), count: 100, ..HistoryQuery::default() };
            let history = view.history(&query).unwrap().versions;
            assert_eq!(history.len(), versions.len(), "{kind}/{id}");
            for (at, (updated_us, body)) in versions.iter().enumerate() {
                let number = at as u64 + 1;
                let stored = view.version(&kind, &id, number).unwrap().unwrap();
                assert_eq!((stored.version, stored.updated_us), (number, *updated_us));
                assert_eq!(
                    (stored.deleted, &stored.body),
                    (body.is_none(), &body.clone().unwrap_or_default())
                );
                assert_eq!(stored, history[versions.len() - 1 - at]);
            }
            assert_eq!(view.version(&kind, &id, versions.len() as u64 + 1).unwrap(), None);
        });
    }
}

/// Every answer about the whole hospital, against a fresh image of what is there now.
fn check_rebuild(hospital: &Hospital, model: &Model) {
    let folder = tempfile::tempdir().unwrap();
    let live = model.live();
    build_image(folder.path(), IMAGE, &live);
    let rebuilt = sandboxes(folder.path(), 1);
    let rebuilt = rebuilt.create(hospital::ID, IMAGE, &[], &event("sandbox.started"), 0).unwrap();
    for (kind, query) in SEARCHES {
        let search = |sandbox: &store::sandbox::Sandbox| {
            let parsed = hospital::query(kind, query);
            let total = sandbox.view(|view| view.search(&parsed, 1)).unwrap().total;
            let mut ids = sandbox.view(|view| hospital::found(view, kind, query));
            if parsed.sort.is_empty() {
                ids.sort();
            }
            (ids, total)
        };
        assert_eq!(search(&hospital.sandbox), search(&rebuilt), "{kind}?{query}");
    }
    let mut bodies = BTreeMap::new();
    let each = |stored: store::sandbox::Stored| {
        let value: Value = serde_json::from_slice(&stored.body).unwrap();
        assert_eq!(bodies.insert((stored.kind, stored.id), value), None);
        Ok(())
    };
    hospital.sandbox.view(|view| view.each_resource(None, each)).unwrap();
    let expected: Vec<&Value> = live.iter().collect();
    assert_eq!(bodies.values().collect::<Vec<_>>(), expected);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn overlay_equals_full_rebuild(steps in steps()) {
        let image: Vec<Value> = (0..4).map(|place| resource(place, 0)).collect();
        let mut hospital = hospital(&image);
        let (mut model, mut kept) = (Model::of_image(&image), BTreeMap::new());
        let untouched = hospital.sandbox.state_digest().unwrap();
        for step in &steps {
            hospital = take(hospital, &mut model, &mut kept, step);
            check_versions(&hospital, &model);
            let digest = hospital.sandbox.state_digest().unwrap();
            prop_assert_eq!(digest == untouched, model.is_as_its_image(), "after {:?}", step);
        }
        check_rebuild(&hospital, &model);
        prop_assert_eq!(hospital.sandbox.journal_break().unwrap(), None);
    }
}
