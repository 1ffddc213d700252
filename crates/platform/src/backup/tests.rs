use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use hospital::population::Recipe;
use store::StoreError;
use training::content::Catalogue;

use super::*;
use crate::access::Access;
use crate::clock::ManualClock;
use crate::entropy::{Entropy, SeededEntropy};
use crate::fhir::{Answer, Context, Interaction, perform};
use crate::images::{DEFAULT_IMAGE, generate_image};
use crate::people::{NewPerson, Person, Role};
use crate::{Limits, Platform};

const NOW_US: i64 = 1_930_370_400_000_000;

fn open(data: &Path, seed: u64) -> Platform {
    let clock = Arc::new(ManualClock::at(NOW_US));
    let entropy = Arc::new(SeededEntropy::new(seed));
    Platform::open(data, Catalogue::default(), Limits::default(), clock, entropy).unwrap()
}

/// A platform with one learner and one image of two patients.
fn furnished(data: &Path) -> (Platform, Person) {
    let platform = open(data, 1);
    let recipe = Recipe { patients: 2, ..Recipe::default() };
    generate_image(
        platform.images(),
        DEFAULT_IMAGE,
        "General hospital",
        &recipe,
        &crate::content::pathways(None).unwrap(),
        &|_| {},
    )
    .unwrap();
    let new = NewPerson { login: "ana", name: "Ana Berg", role: Role::Learner, password: None };
    let ana = platform.people().add(new).unwrap();
    (platform, ana)
}

#[test]
fn what_was_backed_up_comes_back_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data"), folder.path().join("copy"));
    let (platform, ana) = furnished(&data);
    let kept = platform.start_sandbox(&ana, DEFAULT_IMAGE, "Kept", None).unwrap().id;
    let access = platform.enter(&ana, kept.as_str(), "EHR").unwrap();
    platform.take_snapshot(&access, "before").unwrap();
    let backup = platform.backup_to(&copy, &|_, _| {}).unwrap();
    assert_eq!((backup.begun_us, backup.images, backup.sandboxes), (NOW_US, 1, 1));

    platform.start_sandbox(&ana, DEFAULT_IMAGE, "Later", None).unwrap();
    platform.reset_sandbox(&access).unwrap();
    drop(access);
    drop(platform);
    assert!(holds_data(&data));
    assert_eq!(restore(&copy, &data).unwrap(), backup);

    let platform = open(&data, 2);
    let sandboxes = platform.sandboxes_of(&ana).unwrap();
    assert_eq!(sandboxes.iter().map(|it| it.title.as_str()).collect::<Vec<_>>(), ["Kept"]);
    let summary = platform.sandbox_summary(&ana, kept.as_str()).unwrap();
    assert_eq!(summary.snapshots, ["before"]);
    let access = platform.enter(&ana, kept.as_str(), "EHR").unwrap();
    assert_eq!(platform.journal_break(&access).unwrap(), None);
    let (entries, _) = access.sandbox().journal_head().unwrap();
    assert_eq!(entries, 2, "started and snapshot, and no reset");
    let left = std::fs::read_dir(&copy).unwrap().count();
    assert_eq!(left, 5, "the backup is the three things kept, their digests and the manifest");
}

#[test]
fn a_backup_is_never_written_over_something() {
    let folder = tempfile::tempdir().unwrap();
    let platform = open(&folder.path().join("data"), 1);
    let refused = platform.backup_to(folder.path(), &|_, _| {}).unwrap_err();
    assert!(matches!(refused, StoreError::Conflict { .. }), "{refused}");
    let nowhere = folder.path().join("data/platform.sqlite/x");
    assert!(platform.backup_to(&nowhere, &|_, _| {}).is_err());
}

#[test]
fn what_is_no_backup_is_refused_and_the_data_stay() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    drop(open(&data, 1));
    let other = folder.path().join("other");
    std::fs::create_dir(&other).unwrap();
    assert!(matches!(restore(&other, &data), Err(StoreError::NotFound { .. })));
    std::fs::write(other.join("backup.json"), r#"{"format": 99}"#).unwrap();
    assert!(matches!(restore(&other, &data), Err(StoreError::Damaged { .. })));
    assert!(holds_data(&data));
    assert!(!holds_data(&other));
}

/// Writes patients until told to stop, and remembers the ids of those that were acknowledged.
fn write_patients(
    access: &Access,
    entropy: &dyn Entropy,
    acknowledged: &Mutex<Vec<String>>,
    stop: &AtomicBool,
) {
    let limits = Limits::default().json;
    let context = Context { access, base_url: "", entropy, limits: &limits };
    let body = br#"{"resourceType": "Patient", "birthDate": "1980-02-29"}"#;
    while !stop.load(Ordering::Relaxed) {
        let create = Interaction::Create { kind: "Patient", body, if_none_exist: None };
        let Answer::Created(stored) = perform(&context, &create).unwrap() else { panic!("not created") };
        acknowledged.lock().unwrap().push(stored.id);
    }
}

#[test]
fn what_was_acknowledged_before_a_backup_is_in_it_though_writing_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy");
    let (platform, ana) = furnished(&folder.path().join("data"));
    let id = platform.start_sandbox(&ana, DEFAULT_IMAGE, "Busy", None).unwrap().id;
    let access = platform.enter(&ana, id.as_str(), "EHR").unwrap();
    let (acknowledged, stop) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    let written = || acknowledged.lock().unwrap().clone();
    let (before, after) = std::thread::scope(|scope| {
        scope.spawn(|| write_patients(&access, platform.entropy(), &acknowledged, &stop));
        while written().len() < 20 {
            std::thread::yield_now();
        }
        let before = written();
        platform.backup_to(&copy, &|_, _| {}).unwrap();
        let after = written();
        stop.store(true, Ordering::Relaxed);
        (before, after)
    });
    assert!(after.len() > before.len(), "nothing was written during the backup, so nothing was shown");

    let restored = folder.path().join("restored");
    restore(&copy, &restored).unwrap();
    let platform = open(&restored, 2);
    let access = platform.enter(&ana, id.as_str(), "EHR").unwrap();
    assert_eq!(platform.journal_break(&access).unwrap(), None);
    let limits = Limits::default().json;
    let context = Context { access: &access, base_url: "", entropy: platform.entropy(), limits: &limits };
    for id in before {
        let read = Interaction::Read { kind: "Patient", id: &id, known_version: None };
        assert!(matches!(perform(&context, &read), Ok(Answer::Resource(_))), "{id} is gone");
    }
}

#[test]
fn a_backup_that_was_tampered_with_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let (copy, data) = (folder.path().join("copy"), folder.path().join("new"));
    let (platform, ana) = furnished(&folder.path().join("data"));
    platform.start_sandbox(&ana, DEFAULT_IMAGE, "Any", None).unwrap();
    platform.backup_to(&copy, &|_, _| {}).unwrap();
    let records = copy.join("platform.sqlite");
    let sound = std::fs::read(&records).unwrap();
    let refusal = || restore(&copy, &data).unwrap_err().to_string();

    std::fs::write(&records, &sound[1..]).unwrap();
    assert!(refusal().contains("platform.sqlite of the backup is damaged"), "{}", refusal());
    std::fs::remove_file(&records).unwrap();
    assert!(refusal().contains("platform.sqlite"), "{}", refusal());
    std::fs::write(&records, &sound).unwrap();
    std::fs::write(copy.join("sandboxes/more"), "x").unwrap();
    assert!(refusal().contains("sandboxes/more"), "{}", refusal());
    std::fs::remove_file(copy.join("sandboxes/more")).unwrap();
    let sums = std::fs::read_to_string(copy.join("SHA256SUMS")).unwrap();
    std::fs::write(copy.join("SHA256SUMS"), sums.replace('a', "b")).unwrap();
    assert!(refusal().contains("SHA256SUMS"), "{}", refusal());
    assert!(!holds_data(&data), "nothing was put anywhere");
    std::fs::write(copy.join("SHA256SUMS"), sums).unwrap();
    restore(&copy, &data).unwrap();
}
