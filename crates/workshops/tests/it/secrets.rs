//! Whatever people do, in whatever order: no projection of a role contains what is another's alone.

use std::collections::BTreeSet;

use proptest::prelude::*;
use workshops::run::{Act, Run, What};
use workshops::see::{Viewer, project};

use crate::small::{BEGUN_US, PEOPLE, Table, decided, sbar, share, vote};

const ROLES: [&str; 3] = ["nurse", "clerk", "engineer"];
const FACTS: [&str; 4] = ["ward", "later", "office", "machine"];

fn maybe_role() -> impl Strategy<Value = Option<String>> {
    prop::option::of(prop::sample::select(ROLES.to_vec()).prop_map(str::to_owned))
}

/// Acts with marks in them, each used once, so that they are found again wherever they come up.
fn act() -> impl Strategy<Value = Act> {
    let role = || prop::sample::select(ROLES.to_vec()).prop_map(str::to_owned);
    prop_oneof![
        2 => Just(Act::Next { after: None }),
        1 => prop::sample::select(vec!["briefing", "first", "second"]).prop_map(|phase| Act::Rewind { phase: phase.to_owned() }),
        3 => (prop::sample::select(FACTS.to_vec()), maybe_role()).prop_map(|(fact, to)| share(fact, to.as_deref())),
        3 => (maybe_role(), any::<u32>()).prop_map(|(to, mark)| Act::Say { to, text: format!("SAID-{mark:08x}") }),
        2 => (role(), any::<u32>()).prop_map(|(to, mark)| Act::HandOff { to, sbar: sbar(&format!("HANDED-{mark:08x}")) }),
        2 => (1_u64..40, any::<u32>()).prop_map(|(number, mark)| Act::ReadBack { number: Some(number), text: format!("READ-{mark:08x}") }),
        1 => (1_u64..40, any::<bool>()).prop_map(|(number, right)| Act::Confirm { number: Some(number), right }),
        1 => any::<u32>().prop_map(|mark| Act::Note { text: format!("NOTED-{mark:08x}") }),
        1 => (maybe_role(), any::<u32>()).prop_map(|(to, mark)| Act::Nudge { to, text: format!("NUDGED-{mark:08x}") }),
        2 => prop::sample::select(vec!["nurse", "clerk"]).prop_map(|option| vote("chair", option)),
        1 => Just(Act::Reveal { decision: "chair".to_owned() }),
        2 => (prop::sample::select(FACTS.to_vec()), prop::sample::select(vec!["yes", "no"]))
            .prop_map(|(fact, option)| decided("go", option, &[fact])),
        1 => (1_usize..3).prop_map(|answer| Act::Answer { answers: [("state".to_owned(), answer)].into() }),
        1 => (prop::sample::select(PEOPLE.to_vec()), maybe_role()).prop_map(|(who, role)| Act::Move { who: who.to_owned(), role }),
        1 => role().prop_map(|role| Act::Cover { role, covered: true }),
        1 => role().prop_map(|of| Act::Ask { of }),
        1 => Just(Act::Inject { inject: "call".to_owned() }),
        1 => Just(Act::End),
    ]
}

fn seen(table: &Table, who: &str) -> String {
    let now_us = BEGUN_US + table.minute * 60_000_000;
    let seen = project(&table.case, &table.run, Viewer::of(&table.run, who), now_us, now_us);
    serde_json::to_string(&seen).unwrap()
}

/// Everything in a run that is not for a viewer, as it would stand in what they see.
fn hidden_from(table: &Table, who: &str) -> BTreeSet<String> {
    let run = &table.run;
    let own = run.role_of(who);
    let mut hidden = BTreeSet::new();
    let over = run.play.ended_us.is_some();
    for role in &table.case.roles {
        let is_own = own == Some(role.id.as_str());
        if !is_own || run.play.phase.is_none() {
            hidden.insert(role.brief.clone());
        }
        for fact in &role.facts {
            let told = run.play.shared.iter().any(|one| {
                one.fact == fact.id
                    && (one.to.is_none() || one.to.as_deref().is_some_and(|to| own == Some(to)))
            });
            let mine = is_own && run.play.has_come(&table.case, fact);
            if !told && !mine {
                hidden.insert(fact.says.clone());
            }
        }
    }
    if own != Some("nurse") {
        hidden.insert("SECRET call".to_owned());
    }
    if !over {
        let options = table.case.decisions.iter().flat_map(|decision| &decision.options);
        hidden.extend(options.map(|option| option.why.clone()));
    }
    for message in run.messages.iter().filter(|message| message.to.is_some()) {
        let sides = [message.to.as_deref(), message.role.as_deref()];
        if own.is_none() || !sides.contains(&own) {
            hidden.insert(message.text.clone());
        }
    }
    for one in run.play.hand_offs.iter().filter(|one| own != Some(&*one.from) && own != Some(&*one.to)) {
        hidden.insert(one.sbar.situation.clone());
        hidden.extend(one.read_back.clone());
    }
    hidden.extend(run.notes.iter().map(|note| note.text.clone()));
    hidden
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn nobody_sees_what_is_anothers(acts in prop::collection::vec((prop::sample::select(PEOPLE.to_vec()), act()), 0..50)) {
        let mut table = Table::laid();
        for (who, act) in acts {
            // The console's acts are given by whoever has the console, so that most runs get somewhere.
            let is_the_consoles = matches!(act, Act::Next { .. } | Act::Rewind { .. } | Act::Note { .. } | Act::Nudge { .. } | Act::Reveal { .. } | Act::Move { .. } | Act::Cover { .. } | Act::Inject { .. } | Act::End);
            let who = if is_the_consoles { "fay" } else { who };
            let _refused = table.act(who, act);
            table.minute += 1;
            for who in PEOPLE.into_iter().filter(|who| !table.run.facilitates(who)) {
                let seen = seen(&table, who);
                for secret in hidden_from(&table, who) {
                    prop_assert!(!seen.contains(&secret), "{} sees {:?}", who, secret);
                }
            }
        }
    }

    #[test]
    fn a_run_is_what_its_events_make_of_it(acts in prop::collection::vec((prop::sample::select(PEOPLE.to_vec()), act()), 0..50)) {
        let mut table = Table::laid();
        for (who, act) in acts {
            let before = table.run.clone();
            if table.act(who, act).is_err() {
                prop_assert_eq!(&before, &table.run);
            }
        }
        prop_assert_eq!(&Run::of(&table.events), &table.run);
        let written: Vec<String> = table.events.iter().map(|event| serde_json::to_string(event).unwrap()).collect();
        let read: Vec<_> = written.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
        prop_assert_eq!(&Run::of(&read), &table.run);
        let numbers: Vec<u64> = table.events.iter().map(|event| event.seq).collect();
        prop_assert_eq!(numbers, (1..=table.run.seq).collect::<Vec<_>>());
    }
}

#[test]
fn votes_are_secret_until_they_are_revealed_and_then_have_no_names() {
    let mut table = Table::laid();
    for _ in 0..3 {
        table.act("fay", Act::Next { after: None }).unwrap();
    }
    table.act("nils", vote("chair", "clerk")).unwrap();
    table.act("cleo", vote("chair", "nurse")).unwrap();
    let as_emil = |table: &Table| {
        let seen = project(&table.case, &table.run, Viewer::of(&table.run, "emil"), BEGUN_US, BEGUN_US);
        seen.decisions.into_iter().find(|one| one.id == "chair").unwrap()
    };
    let before = as_emil(&table);
    assert_eq!((before.voted, before.my_vote, before.tally), (2, None, None));
    // Whatever way the other two voted, Emil sees the same.
    let mut other = table.clone();
    other.act("nils", vote("chair", "nurse")).unwrap();
    other.act("cleo", vote("chair", "clerk")).unwrap();
    let without_number = |table: &Table| {
        let mut seen = project(&table.case, &table.run, Viewer::of(&table.run, "emil"), BEGUN_US, BEGUN_US);
        seen.seq = 0;
        seen
    };
    assert_eq!(without_number(&table), without_number(&other));
    table.act("fay", Act::Reveal { decision: "chair".to_owned() }).unwrap();
    other.act("fay", Act::Reveal { decision: "chair".to_owned() }).unwrap();
    let tally: Vec<usize> = as_emil(&table).tally.unwrap().iter().map(|one| one.votes).collect();
    assert_eq!(tally, [1, 1]);
    assert_eq!(without_number(&table), without_number(&other));
}

#[test]
fn the_drill_beneath_tells_nothing_by_its_names() {
    let table = Table::laid();
    let world = table.case.world();
    let ids: Vec<&str> = world.injects.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["event-1", "event-2"]);
    assert_eq!(table.case.inject_of_world("event-2").unwrap().id, "press");
    assert_eq!(table.case.inject_in_world("press").as_deref(), Some("event-2"));
    assert!(world.nevers.iter().all(|one| one.id.starts_with("never-")));
}

#[test]
fn what_comes_to_one_role_reaches_it_and_the_facilitator_alone() {
    let mut table = Table::laid();
    table.act("fay", Act::Next { after: None }).unwrap();
    table.act("fay", Act::Next { after: None }).unwrap();
    table.happens("", What::Came { inject: "call".to_owned(), world_seq: 4, care: 0.0 });
    for (who, hears) in [("nils", true), ("fay", true), ("cleo", false), ("emil", false), ("olga", false)] {
        assert_eq!(seen(&table, who).contains("SECRET call"), hears, "{who}");
    }
}
