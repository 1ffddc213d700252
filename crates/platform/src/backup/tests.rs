use std::path::Path;
use std::sync::Arc;

use hospital::population::Recipe;
use store::StoreError;
use training::content::Catalogue;

use super::*;
use crate::clock::ManualClock;
use crate::entropy::SeededEntropy;
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
    generate_image(platform.images(), DEFAULT_IMAGE, "General hospital", &recipe, &|_| {}).unwrap();
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
    assert_eq!(left, 4, "the backup is the three things kept and the manifest");
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
