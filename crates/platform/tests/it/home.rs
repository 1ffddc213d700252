//! A whole platform with two learners, an instructor, a small hospital and labs.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use hospital::population::Recipe;
use platform::clock::ManualClock;
use platform::entropy::SeededEntropy;
use platform::images::{DEFAULT_IMAGE, Images, generate_image};
use platform::people::{NewPerson, Person, Role};
use platform::{Limits, Platform};
use tempfile::TempDir;
use training::content::{SourceFile, load};

/// The machine's time when everything begins.
pub(crate) const NOW_US: i64 = 1_795_000_000_000_000;

pub(crate) struct Home {
    pub(crate) platform: Arc<Platform>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) ana: Person,
    pub(crate) ben: Person,
    pub(crate) ines: Person,
    _folder: TempDir,
}

/// What small labs may leave out.
const EXCUSED: [&str; 5] =
    ["gives an answer away", "competenc", "needs at least", "no solution plays", "no wrong answer"];

/// A platform with the labs in `files`, which must hold no mistake but being small.
pub(crate) fn home(files: &[SourceFile]) -> Home {
    home_with(files, |platform| platform)
}

/// The same, with something changed about the platform before anybody uses it.
pub(crate) fn home_with(files: &[SourceFile], change: impl FnOnce(Platform) -> Platform) -> Home {
    let folder = tempfile::tempdir().unwrap();
    copy(hospital(), &folder.path().join("images"));
    let clock = Arc::new(ManualClock::at(NOW_US));
    let content = load(files);
    let excused = |what: &str| EXCUSED.iter().any(|excuse| what.contains(excuse));
    let grave: Vec<_> = content.problems.iter().filter(|problem| !excused(&problem.what)).collect();
    assert!(grave.is_empty(), "{grave:#?}");
    let entropy = Arc::new(SeededEntropy::new(1));
    let clock_too = Arc::clone(&clock);
    let platform =
        Platform::open(folder.path(), content.value, Limits::default(), clock_too, entropy).unwrap();
    let add =
        |login, role| platform.people().add(NewPerson { login, name: login, role, password: None }).unwrap();
    let (ana, ben) = (add("ana", Role::Learner), add("ben", Role::Learner));
    let ines = add("ines", Role::Instructor);
    Home { platform: Arc::new(change(platform)), clock, ana, ben, ines, _folder: folder }
}

impl Home {
    /// The same after the program ended and began again.
    pub(crate) fn begun_again(self) -> Self {
        let Self { platform, clock, ana, ben, ines, _folder } = self;
        drop(platform);
        let entropy = Arc::new(SeededEntropy::new(2));
        let (content, clock_too) = (load(&[]).value, Arc::clone(&clock));
        let platform =
            Platform::open(_folder.path(), content, Limits::default(), clock_too, entropy).unwrap();
        Self { platform: Arc::new(platform), clock, ana, ben, ines, _folder }
    }
}

/// A folder with the image of a small hospital, made once for all tests.
fn hospital() -> &'static Path {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let recipe = Recipe { patients: 60, ..Recipe::default() };
        let images = Images::new(folder.path().to_owned());
        generate_image(
            &images,
            DEFAULT_IMAGE,
            "General hospital",
            &recipe,
            &platform::content::pathways(None).unwrap(),
            &|_| {},
        )
        .unwrap();
        folder
    });
    made.path()
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in std::fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}
