use std::sync::Arc;

use placements::competencies::Level;
use store::records::{Person, Role, SandboxId};

use super::{Help, PortfolioError, Shown, Source};
use crate::clock::ManualClock;
use crate::content::check;
use crate::entropy::SeededEntropy;
use crate::people::NewPerson;
use crate::platform::{Limits, Platform};
use crate::{drills, workshops};

const NOW_US: i64 = 1_930_089_600_000_000;
const SHOWS: &str = "interfaces.recover";

#[test]
fn what_a_team_did_shows_less_of_one_than_what_one_did_alone() {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = check(None).unwrap().value;
    let (clock, entropy) = (Arc::new(ManualClock::at(NOW_US)), Arc::new(SeededEntropy::new(5)));
    let platform = Platform::open(folder.path(), catalogue, Limits::default(), clock, entropy).unwrap();
    let [ana, bo, cy, dee] = ["ana", "bo", "cy", "dee"].map(|login| {
        let new = NewPerson { login, name: login, role: Role::Learner, password: None };
        platform.people.add(new).unwrap()
    });
    let drilled = |id: &str, version: &str, people: &[(&Person, &[&str])]| {
        drills::over(&platform, id, NOW_US, people, |result| version.clone_into(&mut result.version));
    };
    drilled("alone", "1.2.0", &[(&ana, &["supervisor", "analyst"])]);
    drilled("team", "1.0.0", &[(&bo, &["supervisor"]), (&ana, &["analyst"]), (&cy, &[])]);
    drilled("before", "0.9.0", &[(&dee, &["supervisor"])]);
    // What was shown stays when the hospital goes.
    platform.records.sandbox_remove(&SandboxId::from("team")).unwrap();

    let shown = |person: &Person| -> Shown {
        let mut all = platform.portfolio(person).unwrap().competencies;
        all.remove(all.iter().position(|one| one.id == SHOWS).unwrap())
    };
    let one = shown(&ana);
    assert_eq!(
        (one.standing.level, one.standing.unaided, one.standing.shown),
        (Some(Level::Practitioner), 1, 2)
    );
    let mut help: Vec<Help> = one.work.iter().map(|work| work.help).collect();
    help.sort();
    assert_eq!(help, [Help::None, Help::Team(2)]);
    assert!(one.work.iter().all(|work| work.source == Source::Drill && (work.worth - 0.9).abs() < 1e-9));

    let other = shown(&bo);
    assert_eq!((other.standing.level, other.standing.unaided, other.standing.shown), (None, 0, 1));
    assert!(other.standing.estimate.likely > 0.5 && other.standing.estimate.low < one.standing.estimate.low);
    assert_eq!(shown(&cy).standing.shown, 0, "who only watched has shown nothing");
    assert!(shown(&dee).standing.again, "the scenario asks for something else since");
    // A badge is made of what was shown without help.
    let made = platform.issue_badge(&ana, SHOWS, "https://practicum.example").unwrap();
    assert!(platform.badge(&made.id).unwrap().claims.to_string().contains("in a team of 2"));
    let refused = platform.issue_badge(&bo, SHOWS, "https://practicum.example");
    assert!(matches!(refused, Err(PortfolioError::NotShown(_))), "{refused:?}");
}

#[test]
fn scenarios_and_cases_show_competencies_of_the_house() {
    let catalogue = check(None).unwrap().value;
    let scenarios = drills::shelf().iter().map(|one| (&one.id, &one.level, &one.competencies));
    let cases = workshops::shelf().map(|one| (&one.id, &one.level, &one.competencies));
    for (id, level, competencies) in scenarios.chain(cases) {
        assert!(Level::named(level).is_some(), "{id}: {level}");
        assert!(!competencies.is_empty(), "{id}");
        for competency in competencies.keys() {
            assert!(catalogue.competencies.iter().any(|one| one.id == *competency), "{id}: {competency}");
        }
    }
}
