use std::sync::Arc;

use placements::competencies::Level;
use store::records::{Drill, DrillResult, Person, Role, SandboxId, SandboxRecord};

use super::{Help, PortfolioError, Shown, Source};
use crate::clock::ManualClock;
use crate::content::check;
use crate::entropy::SeededEntropy;
use crate::people::NewPerson;
use crate::platform::{Limits, Platform};
use crate::{drills, workshops};

const NOW_US: i64 = 1_930_089_600_000_000;
const SHOWS: &str = "interfaces.recover";

/// A drill of the scenario `engine-dies` that is over, in which each person had these roles.
fn drilled(platform: &Platform, id: &str, version: &str, people: &[(&Person, &[&str])]) {
    let owner = people[0].0.id.clone();
    let sandbox = SandboxRecord {
        id: SandboxId::from(id),
        owner: owner.clone(),
        image: "i".to_owned(),
        title: id.to_owned(),
        attempt: None,
        created_us: NOW_US,
        last_used_us: NOW_US,
    };
    platform.records.sandbox_add(&sandbox, 9).unwrap();
    let scenario = "engine-dies".to_owned();
    let drill = Drill {
        id: id.to_owned(),
        sandbox: sandbox.id,
        scenario: scenario.clone(),
        owner,
        code: id.to_owned(),
        assessed: true,
        began_us: NOW_US,
        ended: None,
    };
    platform.records.drill_add(&drill).unwrap();
    for (person, roles) in people {
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        platform.records.drill_member_set(id, &person.id, &roles).unwrap();
    }
    let result = DrillResult {
        drill: id.to_owned(),
        scenario,
        version: version.to_owned(),
        crew: people.iter().filter(|(_, roles)| !roles.is_empty()).count(),
        ended_us: NOW_US,
        points: 90,
        passed: true,
        detected_min: None,
        contained_min: None,
        restored_min: None,
    };
    platform.records.drill_end(&result).unwrap();
}

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
    drilled(&platform, "alone", "1.2.0", &[(&ana, &["supervisor", "analyst"])]);
    drilled(&platform, "team", "1.0.0", &[(&bo, &["supervisor"]), (&ana, &["analyst"]), (&cy, &[])]);
    drilled(&platform, "before", "0.9.0", &[(&dee, &["supervisor"])]);
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
