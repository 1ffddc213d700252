//! What must hold between the parts of a scenario.

use std::collections::BTreeSet;

use super::text::{Problem, SCENARIO_FILE};
use crate::model::{Compare, Minutes, Quantity, Scenario, Term};

/// How hard a drill or a workshop is, as labs say it.
pub const LEVELS: [&str; 3] = ["foundation", "practitioner", "expert"];

/// What can be read from a hospital: names, each with whether something follows its colon.
const READABLE: [(&str, bool); 9] = [
    ("waiting", true),
    ("oldest", true),
    ("refused", true),
    ("lost", true),
    ("closed", true),
    ("down", true),
    ("locked", false),
    ("overwritten", false),
    ("held", true),
];

/// The same for whoever wrote another one.
pub const READABLE_WORDS: &str =
    "waiting:, oldest:, refused:, lost:, closed:, down:, held:, locked or overwritten";

/// Whether a hospital can be asked for a reading of this name.
#[must_use]
pub fn can_be_read(name: &str) -> bool {
    let (kind, of) = name.split_once(':').map_or((name, None), |(kind, of)| (kind, Some(of)));
    READABLE.contains(&(kind, of.is_some()))
}

/// Finds everything that does not fit together.
pub(super) fn check(folder: &str, scenario: &Scenario, text: &str, problems: &mut Vec<Problem>) {
    let mut say = |file: &str, line: u32, what: String, try_this: &str| {
        problems.push(Problem { file: file.to_owned(), line, what, try_this: try_this.to_owned() });
    };
    // Where something is declared in the file, for the reader of the message.
    let line_of = |id: &str| {
        let declared = format!("id = \"{id}\"");
        let line = text.lines().position(|line| line.trim() == declared).unwrap_or(0);
        u32::try_from(line).unwrap_or(0) + 1
    };
    let mut main = |id: &str, what: String, try_this: &str| say(SCENARIO_FILE, line_of(id), what, try_this);
    if scenario.id != folder {
        main(&scenario.id, format!("its id is '{}'", scenario.id), "name it after its folder");
    }
    if !LEVELS.contains(&scenario.level.as_str()) {
        let what = format!("its level is '{}'", scenario.level);
        main(&scenario.id, what, &format!("write one of: {}", LEVELS.join(", ")));
    }
    if scenario.rate == 0 || scenario.rate > 60 || scenario.lasts_min == 0 || scenario.lasts_min > 720 {
        main(
            &scenario.id,
            "nobody can play that long".to_owned(),
            "rate from 1 to 60, lasts_min from 1 to 720",
        );
    }
    let points: u32 = scenario.objectives.iter().map(|one| one.points).sum();
    if points != 100 {
        main(&scenario.id, format!("its objectives have {points} points"), "share out 100");
    }
    let mut seen = BTreeSet::new();
    let ids = [
        scenario.roles.iter().map(|one| ("role", one.id.as_str())).collect::<Vec<_>>(),
        scenario.commands.iter().map(|one| ("command", one.id.as_str())).collect(),
        scenario.injects.iter().map(|one| ("inject", one.id.as_str())).collect(),
        scenario.nevers.iter().map(|one| ("never", one.id.as_str())).collect(),
        scenario.objectives.iter().map(|one| ("objective", one.id.as_str())).collect(),
        scenario.meters.iter().map(|one| ("meter", one.id.as_str())).collect(),
    ];
    for (kind, id) in ids.concat() {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(good) {
            main(
                id,
                format!("'{id}' cannot be the id of a {kind}"),
                "use lower-case letters, digits and hyphens",
            );
        }
        if !seen.insert((kind, id)) {
            main(id, format!("there are two of the id '{id}'"), "give each its own");
        }
    }
    for command in &scenario.commands {
        if scenario.role(&command.role).is_none() {
            main(
                &command.id,
                format!("there is no role '{}'", command.role),
                "declare it, or correct its name",
            );
        }
        if command.outcomes.is_empty() {
            main(&command.id, "nothing comes of it".to_owned(), "give it at least one outcome");
        }
    }
    for inject in &scenario.injects {
        if matches!(inject.at_min, Some(Minutes::Between([least, most])) if least > most) {
            main(&inject.id, "it comes in no minute".to_owned(), "write the first minute first");
        }
        if inject.at_min.is_none() && inject.when.is_empty() && !inject.by_hand {
            main(&inject.id, "nothing makes it come".to_owned(), "say at_min, when or by_hand");
        }
    }
    let raised = raised(scenario);
    for (id, terms) in scenario.conditions() {
        for term in terms {
            if let Some((what, try_this)) = wrong(scenario, &raised, term) {
                main(id, what, try_this);
            }
        }
    }
    for script in &scenario.scripts {
        let file = format!("scripts/{}.toml", script.id);
        for step in script.steps.iter().filter(|step| scenario.command(&step.command).is_none()) {
            say(&file, 1, format!("there is no command '{}'", step.command), "correct its name");
        }
        let known = |id: &&String| {
            scenario.objectives.iter().any(|one| one.id == **id)
                || scenario.nevers.iter().any(|one| one.id == **id)
        };
        for id in script.misses.iter().chain(&script.breaks).filter(|id| !known(id)) {
            say(
                &file,
                1,
                format!("it names '{id}', which is neither objective nor never"),
                "correct its name",
            );
        }
    }
    if !scenario.scripts.iter().any(|script| script.passes)
        || !scenario.scripts.iter().any(|script| !script.passes)
    {
        let what = "nobody knows whether it can be passed and failed".to_owned();
        say(SCENARIO_FILE, 1, what, "put a script that passes and one that fails into scripts/");
    }
}

/// Every flag that something raises.
fn raised(scenario: &Scenario) -> BTreeSet<&str> {
    let outcomes = scenario.commands.iter().flat_map(|command| &command.outcomes);
    let by_commands = outcomes.flat_map(|outcome| &outcome.sets);
    let by_injects = scenario.injects.iter().flat_map(|inject| &inject.sets);
    by_commands.chain(by_injects).map(String::as_str).collect()
}

fn wrong(scenario: &Scenario, raised: &BTreeSet<&str>, term: &Term) -> Option<(String, &'static str)> {
    let flag = |name: &str| {
        (!raised.contains(name))
            .then(|| (format!("nothing raises the flag '{name}'"), "set it, or correct its name"))
    };
    match term {
        Term::Flag { name, .. } => flag(name),
        Term::Compare(Compare { of, .. }) => match of {
            Quantity::Minutes => None,
            Quantity::Since(name) => flag(name),
            Quantity::Meter(id) => (!scenario.meters.iter().any(|meter| meter.id == *id))
                .then(|| (format!("there is no meter '{id}'"), "declare it, or correct its name")),
            Quantity::Reading(name) => {
                (!can_be_read(name)).then(|| (format!("'{name}' cannot be read"), READABLE_WORDS))
            }
        },
    }
}
