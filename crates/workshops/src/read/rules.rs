//! What must hold between the parts of a case.

use std::collections::BTreeSet;

use scenarios::model::{Compare, Grows, Quantity, Term};
use scenarios::read::{LEVELS, Problem, READABLE_WORDS, can_be_read};

use super::text::{CASE_FILE, problem};
use crate::model::{Case, Key, Moment, PhaseKind, phase_flag};

/// Minutes of a person that a workshop may take.
const MINUTES: std::ops::RangeInclusive<u32> = 45..=90;

/// Finds everything that does not fit together.
pub(super) fn check(folder: &str, case: &Case, text: &str, problems: &mut Vec<Problem>) {
    // Where something is declared in the file, for the reader of the message.
    let line_of = |id: &str| {
        let declared = format!("id = \"{id}\"");
        let line = text.lines().position(|line| line.trim() == declared).unwrap_or(0);
        u32::try_from(line).unwrap_or(0) + 1
    };
    let mut say =
        |id: &str, what: &str, try_this: &str| problems.push(problem(CASE_FILE, line_of(id), what, try_this));
    whole(folder, case, &mut say);
    ids(case, &mut say);
    phases(case, &mut say);
    roles(case, &mut say);
    questions(case, &mut say);
    decisions(case, &mut say);
    hand_offs(case, &mut say);
    timeline(case, &mut say);
}

type Say<'a> = dyn FnMut(&str, &str, &str) + 'a;

fn whole(folder: &str, case: &Case, say: &mut Say<'_>) {
    if case.id != folder {
        say(&case.id, &format!("its id is '{}'", case.id), "name it after its folder");
    }
    if !LEVELS.contains(&case.level.as_str()) {
        let what = format!("its level is '{}'", case.level);
        say(&case.id, &what, &format!("write one of: {}", LEVELS.join(", ")));
    }
    if !MINUTES.contains(&case.minutes()) {
        let what = format!("its phases take {} minutes together", case.minutes());
        say(&case.id, &what, "45 to 90 minutes keep people at the table");
    }
    if case.rate == 0 || case.rate > 60 {
        say(&case.id, "nobody can follow this clock", "let 1 to 60 minutes of the hospital pass in one");
    }
}

fn ids(case: &Case, say: &mut Say<'_>) {
    let facts = case.roles.iter().flat_map(|role| &role.facts);
    let all = [
        case.roles.iter().map(|one| ("role", one.id.as_str())).collect::<Vec<_>>(),
        facts.map(|one| ("fact", one.id.as_str())).collect(),
        case.phases.iter().map(|one| ("phase", one.id.as_str())).collect(),
        case.injects.iter().map(|one| ("inject", one.id.as_str())).collect(),
        case.questions.iter().map(|one| ("question", one.id.as_str())).collect(),
        case.decisions.iter().map(|one| ("decision", one.id.as_str())).collect(),
        case.hand_offs.iter().map(|one| ("hand-off", one.id.as_str())).collect(),
        case.objectives.iter().map(|one| ("objective", one.id.as_str())).collect(),
        case.nevers.iter().map(|one| ("never", one.id.as_str())).collect(),
        case.meters.iter().map(|one| ("meter", one.id.as_str())).collect(),
    ];
    let mut seen = BTreeSet::new();
    for (kind, id) in all.concat() {
        let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(good) {
            let what = format!("'{id}' cannot be the id of a {kind}");
            say(id, &what, "use lower-case letters, digits and hyphens");
        }
        if !seen.insert((kind, id)) {
            say(id, &format!("there are two of the {kind} '{id}'"), "give each its own id");
        }
    }
}

fn phases(case: &Case, say: &mut Say<'_>) {
    for moment in Moment::ALL {
        let asked = case.phases.iter().filter(|phase| phase.asks == Some(moment)).count();
        if asked != 1 {
            let what = format!("the situation questions are asked {asked} times at {}", moment.word());
            say(&case.id, &what, "let exactly one phase ask at each of t0, t1 and t2");
        }
    }
    let asked: Vec<Moment> = case.phases.iter().filter_map(|phase| phase.asks).collect();
    if !asked.is_sorted() {
        say(&case.id, "the moments are not in order", "ask at t0 first and at t2 last");
    }
    if !case.phases.iter().any(|phase| phase.kind == PhaseKind::HotWash) {
        say(&case.id, "nobody says what to change", "end with a phase of the kind hot-wash");
    }
}

fn roles(case: &Case, say: &mut Say<'_>) {
    for role in &case.roles {
        if !role.facts.iter().any(|fact| fact.critical) {
            say(&role.id, "it knows nothing on which a decision hangs", "give it a critical fact");
        }
        for fact in &role.facts {
            if fact.from.as_deref().is_some_and(|phase| case.phase_place(phase).is_none()) {
                say(&fact.id, "it comes with a phase that is none", "name a phase of this case");
            }
        }
    }
    for (inject, only) in &case.only {
        if case.inject(inject).is_none() {
            say(inject, &format!("there is no inject '{inject}'"), "correct its name under [only]");
        }
        if let Some(role) = only.iter().find(|role| case.role(role).is_none()) {
            say(inject, &format!("there is no role '{role}'"), "correct its name under [only]");
        }
    }
}

fn questions(case: &Case, say: &mut Say<'_>) {
    for question in &case.questions {
        if question.truth.iter().any(|truth| !(1..=question.answers.len()).contains(truth)) {
            say(&question.id, "its truth is none of its answers", "count its answers from 1");
        }
    }
}

fn decisions(case: &Case, say: &mut Say<'_>) {
    for decision in &case.decisions {
        if case.phase_place(&decision.from).is_none() {
            say(&decision.id, &format!("there is no phase '{}'", decision.from), "name a phase of this case");
        }
        check_objective(case, &decision.id, &decision.objective, say);
        for need in decision.needs.iter().filter(|need| case.fact(need).is_none()) {
            say(&decision.id, &format!("there is no fact '{need}'"), "correct its name");
        }
        let best = decision.options.iter().filter(|option| option.key == Key::Best).count();
        let poor = decision.options.iter().filter(|option| option.key == Key::Poor).count();
        if best != 1 || poor == 0 {
            say(&decision.id, "its key does not tell", "mark one option best, and at least one poor");
        }
    }
    let needed = |fact: &str| case.decisions.iter().any(|one| one.needs.iter().any(|need| need == fact));
    let facts = case.roles.iter().flat_map(|role| &role.facts);
    for fact in facts.filter(|fact| fact.critical && !needed(&fact.id)) {
        say(&fact.id, "it is critical, and no decision needs it", "name it under needs, or let it not be");
    }
}

fn hand_offs(case: &Case, say: &mut Say<'_>) {
    for one in &case.hand_offs {
        for role in [&one.from, &one.to].into_iter().filter(|role| case.role(role).is_none()) {
            say(&one.id, &format!("there is no role '{role}'"), "correct its name");
        }
        if case.phase_place(&one.phase).is_none() {
            say(&one.id, &format!("there is no phase '{}'", one.phase), "name a phase of this case");
        }
        check_objective(case, &one.id, &one.objective, say);
    }
}

fn check_objective(case: &Case, id: &str, objective: &str, say: &mut Say<'_>) {
    if !case.objectives.iter().any(|one| one.id == objective) {
        say(id, &format!("there is no objective '{objective}'"), "declare it, or correct its name");
    }
}

/// Every flag that a condition names is raised by something.
fn timeline(case: &Case, say: &mut Say<'_>) {
    let phases = case.phases.iter().map(|phase| phase_flag(&phase.id));
    let options = case.decisions.iter().flat_map(|decision| &decision.options);
    let set = options.flat_map(|option| option.sets.clone());
    let by_injects = case.injects.iter().flat_map(|inject| inject.sets.clone());
    let raised: BTreeSet<String> = phases.chain(set).chain(by_injects).collect();
    let injects = case.injects.iter().map(|one| (&one.id, &one.when));
    let nevers = case.nevers.iter().map(|one| (&one.id, &one.when));
    let meters = case.meters.iter().map(|one| (&one.id, &one.when));
    for (id, terms) in injects.chain(nevers).chain(meters) {
        for term in terms {
            let flag = match term {
                Term::Flag { name, .. } => name,
                Term::Compare(Compare { of: Quantity::Since(name), .. }) => name,
                Term::Compare(Compare { of: Quantity::Reading(name), .. }) if !can_be_read(name) => {
                    say(id, &format!("'{name}' cannot be read"), READABLE_WORDS);
                    continue;
                }
                Term::Compare(_) => continue,
            };
            if !raised.contains(flag) {
                say(id, &format!("nothing raises the flag '{flag}'"), "set it, or correct its name");
            }
        }
    }
    for meter in &case.meters {
        if let Grows::Reading(name) = &meter.grows
            && !can_be_read(name)
        {
            say(&meter.id, &format!("'{name}' cannot be read"), READABLE_WORDS);
        }
    }
    for inject in &case.injects {
        if inject.at_min.is_none() && inject.when.is_empty() && !inject.by_hand {
            say(&inject.id, "nothing makes it come", "say at_min, when or by_hand");
        }
    }
}
