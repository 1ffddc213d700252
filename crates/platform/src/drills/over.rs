//! Drills that are over, for tests of what comes of them.

use store::records::{Drill, DrillResult, Person, SandboxId, SandboxRecord};

use crate::platform::Platform;

/// Keeps a drill of the scenario `engine-dies` that is over at `ended_us` with 90 points, in which each of these people had
/// these roles; `change` may say otherwise.
pub(crate) fn over(
    platform: &Platform,
    id: &str,
    ended_us: i64,
    people: &[(&Person, &[&str])],
    change: impl FnOnce(&mut DrillResult),
) {
    let (owner, scenario) = (people[0].0.id.clone(), "engine-dies".to_owned());
    let sandbox = SandboxRecord {
        id: SandboxId::from(id),
        owner: owner.clone(),
        image: "i".to_owned(),
        title: id.to_owned(),
        attempt: None,
        created_us: 0,
        last_used_us: 0,
    };
    platform.records.sandbox_add(&sandbox, 9).unwrap();
    let drill = Drill {
        id: id.to_owned(),
        sandbox: sandbox.id,
        scenario: scenario.clone(),
        owner,
        code: id.to_owned(),
        assessed: true,
        began_us: 0,
        ended: None,
    };
    platform.records.drill_add(&drill).unwrap();
    for (person, roles) in people {
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        platform.records.drill_member_set(id, &person.id, &roles).unwrap();
    }
    let mut result = DrillResult {
        drill: id.to_owned(),
        scenario,
        version: "1.0.0".to_owned(),
        crew: people.iter().filter(|(_, roles)| !roles.is_empty()).count(),
        ended_us,
        points: 90,
        passed: true,
        detected_min: None,
        contained_min: None,
        restored_min: None,
    };
    change(&mut result);
    platform.records.drill_end(&result).unwrap();
}
