//! Two raters: each alone, both together, and nobody before.

use std::collections::BTreeMap;

use proptest::prelude::*;
use workshops::measure::rated;
use workshops::report::{Held, after_action, markdown};
use workshops::run::{Act, Mark, Run, What};
use workshops::see::{Viewer, project, rating};

use crate::small::{BEGUN_US, PEOPLE, Table};

const BEHAVIOURS: [&str; 3] = ["asks", "reasons", "closes"];

/// Marks for the three behaviours, with a word of the rater's in each.
fn marks(levels: [Option<usize>; 3], word: &str) -> BTreeMap<String, Mark> {
    let mark =
        |(id, level): (&str, Option<usize>)| (id.to_owned(), Mark { level, note: format!("{word} {id}") });
    BEHAVIOURS.into_iter().zip(levels).map(mark).collect()
}

fn rate(levels: [usize; 3], word: &str) -> Act {
    Act::Rate { marks: marks(levels.map(Some), word) }
}

fn ask(who: &str) -> Act {
    Act::AskRater { who: who.to_owned() }
}

fn settle(behaviour: &str, level: usize, why: &str) -> Act {
    Act::Settle { behaviour: behaviour.to_owned(), level, why: why.to_owned() }
}

fn agree(behaviour: &str) -> Act {
    Act::Agree { behaviour: behaviour.to_owned() }
}

/// A workshop that is over, with Fay and Olga to rate its team.
fn over() -> Table {
    let mut table = Table::laid();
    table.act("fay", ask("olga")).unwrap();
    table.act("fay", Act::Next { after: None }).unwrap();
    table.act("fay", Act::End).unwrap();
    table
}

/// Everything that somebody can be shown of a workshop, by its number of events apart.
fn everything(table: &Table, who: &str) -> String {
    let mut seen = project(&table.case, &table.run, Viewer::of(&table.run, who), BEGUN_US, BEGUN_US);
    seen.seq = 0;
    let report = after_action(&table.case, &table.run, &Held::default());
    let all = (seen, rating(&table.case, &table.run, who), &report);
    format!("{} {}", serde_json::to_string(&all).unwrap(), markdown(&report))
}

#[test]
fn neither_sees_the_others_marks_before_both_are_in_and_then_everybody_does() {
    let mut table = over();
    table.act("olga", rate([1, 2, 3], "MARK-OLGA")).unwrap();
    for who in PEOPLE {
        assert_eq!(everything(&table, who).contains("MARK-OLGA"), who == "olga", "{who}");
    }
    // Whatever Olga marked, Fay is shown the same.
    let mut other = table.clone();
    other.act("olga", rate([4, 4, 1], "MARK-OTHER")).unwrap();
    assert_eq!(everything(&table, "fay"), everything(&other, "fay"));
    assert!(rating(&table.case, &table.run, "fay").unwrap().raters[1].is_in, "that it is in, she is told");
    table.act("fay", rate([1, 3, 3], "MARK-FAY")).unwrap();
    for who in PEOPLE {
        let seen = everything(&table, who);
        assert!(seen.contains("MARK-OLGA") && seen.contains("MARK-FAY"), "{who}");
    }
    let found = rated(&table.case, &table.run).unwrap();
    assert_eq!(found.raters, ["FAY", "OLGA"]);
    assert_eq!((found.agreement.exact, found.agreement.within_one, found.agreement.seen_by_both), (2, 3, 3));
    let stands: Vec<String> =
        found.behaviours.iter().map(workshops::measure::RatedBehaviour::stands).collect();
    assert_eq!(stands, ["1", "2 to 3", "3"]);
    let late = table.act("fay", rate([1, 2, 3], "x")).unwrap_err().to_string();
    assert!(late.contains("both ratings are in"), "{late}");
}

#[test]
fn until_the_other_is_in_a_rater_may_think_again() {
    let mut table = over();
    table.act("fay", rate([1, 1, 1], "first")).unwrap();
    table.act("fay", rate([2, 2, 2], "second")).unwrap();
    table.act("olga", rate([2, 2, 2], "olga")).unwrap();
    let found = rated(&table.case, &table.run).unwrap();
    assert_eq!(found.agreement.exact, 3);
    assert_eq!(found.agreement.kappa, None, "nobody can tell agreement from chance here");
    assert!(found.agreement.kappa_words().contains("marked everything alike"));
}

#[test]
fn every_behaviour_is_marked_or_said_to_be_unseen_with_a_reason() {
    let mut table = over();
    let before = table.run.clone();
    let with = |id: &str, mark: Option<Mark>| {
        let mut marks = marks([Some(1), Some(2), Some(3)], "x");
        match mark {
            Some(mark) => drop(marks.insert(id.to_owned(), mark)),
            None => drop(marks.remove(id)),
        }
        Act::Rate { marks }
    };
    let level = |level: usize| Some(Mark { level: Some(level), note: String::new() });
    let refused = [
        (with("asks", None), "They ask each other: choose a level, or say why it could not be seen"),
        (with("asks", level(0)), "choose a level from 1 to 4"),
        (with("asks", level(5)), "choose a level from 1 to 4"),
        (with("asks", Some(Mark::default())), "They ask each other: say why it could not be seen"),
        (
            with("asks", Some(Mark { level: Some(1), note: "x".repeat(2_001) })),
            "2001 characters are too many",
        ),
        (with("charm", level(4)), "there is no behaviour 'charm'"),
        (Act::Rate { marks: BTreeMap::new() }, "They give reasons: choose a level, or say why"),
    ];
    for (act, words) in refused {
        let told = table.act("olga", act.clone()).unwrap_err().to_string();
        assert!(told.contains(words), "{act:?}: {told}");
    }
    assert_eq!(before, table.run);
    let mut unseen = marks([None, Some(2), Some(4)], "I came late");
    unseen.get_mut("reasons").unwrap().note.clear();
    table.act("olga", Act::Rate { marks: unseen }).unwrap();
    table.act("fay", rate([4, 2, 3], "fay")).unwrap();
    let found = rated(&table.case, &table.run).unwrap();
    assert_eq!((found.agreement.seen_by_both, found.behaviours[0].apart), (2, None));
    assert_eq!(found.behaviours[0].stands(), "4, seen by one");
}

#[test]
fn far_marks_are_settled_by_both_with_a_reason_and_nothing_else_is() {
    let mut table = over();
    assert!(
        table
            .act("olga", settle("asks", 2, "x"))
            .unwrap_err()
            .to_string()
            .contains("both ratings must be in")
    );
    table.act("fay", rate([4, 2, 3], "fay")).unwrap();
    table.act("olga", rate([1, 3, 3], "olga")).unwrap();
    let before = table.run.clone();
    let refused = [
        ("fay", settle("reasons", 2, "x"), "not two levels apart"),
        ("fay", settle("charm", 2, "x"), "there is no behaviour"),
        ("fay", settle("asks", 5, "x"), "from 1 to 4"),
        ("fay", settle("asks", 2, "  "), "why: write something"),
        ("fay", agree("asks"), "nothing has been proposed"),
        ("nils", settle("asks", 2, "x"), "you are neither of them"),
    ];
    for (who, act, words) in refused {
        let told = table.act(who, act.clone()).unwrap_err().to_string();
        assert!(told.contains(words), "{who} {act:?}: {told}");
    }
    assert_eq!(before, table.run);
    table.act("fay", settle("asks", 3, "She heard the clerk")).unwrap();
    assert!(table.act("fay", agree("asks")).unwrap_err().to_string().contains("you proposed this yourself"));
    let seen = |table: &Table, who: &str| rating(&table.case, &table.run, who).unwrap();
    assert_eq!(
        (seen(&table, "olga").to_agree, seen(&table, "fay").to_agree),
        (vec!["asks".to_owned()], vec![])
    );
    assert_eq!(rated(&table.case, &table.run).unwrap().behaviours[0].stands(), "4 and 1, open");
    table.act("olga", settle("asks", 2, "And nobody asked him")).unwrap();
    table.act("fay", agree("asks")).unwrap();
    assert!(table.act("olga", settle("asks", 1, "x")).unwrap_err().to_string().contains("have settled this"));
    assert!(seen(&table, "olga").to_settle.is_empty());
    let found = rated(&table.case, &table.run).unwrap();
    assert_eq!(found.behaviours[0].stands(), "2, settled");
    assert_eq!(found.agreement.exact, 1, "what was settled does not make them agree afterwards");
    let text = markdown(&after_action(&table.case, &table.run, &Held::default()));
    assert!(
        text.contains(
            "| They ask each other | 4: fay asks | 1: olga asks | 2, settled: And nobody asked him |"
        ),
        "{text}"
    );
    assert!(text.contains("Alike 1 of 3, within one level 2 of 3. Quadratic weighted kappa is"), "{text}");
}

#[test]
fn who_rates_neither_plays_nor_is_the_same_twice() {
    let mut table = Table::laid();
    let refused = [
        ("fay", ask("fay"), "name somebody else"),
        ("fay", ask("nils"), "who plays does not rate"),
        ("fay", ask("nobody"), "takes no part"),
        ("olga", ask("olga"), "for the facilitator"),
        ("fay", rate([1, 1, 1], "x"), "you are neither of them"),
    ];
    for (who, act, words) in refused {
        let told = table.act(who, act.clone()).unwrap_err().to_string();
        assert!(told.contains(words), "{who} {act:?}: {told}");
    }
    table.act("fay", ask("olga")).unwrap();
    assert!(
        table
            .act("olga", rate([1, 1, 1], "x"))
            .unwrap_err()
            .to_string()
            .contains("when the workshop is over")
    );
    // Somebody else may be named as long as nobody goes whose marks are in.
    table.happens("", What::Joined { who: "rita".to_owned(), name: "RITA".to_owned() });
    table.act("fay", ask("rita")).unwrap();
    table.act("fay", Act::Next { after: None }).unwrap();
    table.act("fay", Act::End).unwrap();
    table.act("fay", rate([1, 1, 1], "x")).unwrap();
    table.act("fay", ask("olga")).unwrap();
    table.act("fay", Act::HandOver { to: "rita".to_owned() }).unwrap();
    assert!(table.act("rita", ask("olga")).unwrap_err().to_string().contains("the raters stay as they are"));
    assert!(rating(&table.case, &table.run, "nils").is_none());
}

#[test]
fn who_took_a_seat_after_they_were_named_does_not_rate() {
    let mut table = Table::laid();
    table.act("fay", ask("olga")).unwrap();
    table.act("fay", Act::Move { who: "nils".to_owned(), role: None }).unwrap();
    table.act("olga", Act::Sit { role: Some("nurse".to_owned()) }).unwrap();
    table.act("fay", Act::Next { after: None }).unwrap();
    table.act("fay", Act::End).unwrap();
    assert!(table.act("olga", rate([1, 1, 1], "x")).unwrap_err().to_string().contains("you had a role"));
    assert!(!rating(&table.case, &table.run, "olga").unwrap().may_rate);
    table.act("fay", ask("nils")).unwrap();
    table.act("nils", rate([1, 1, 1], "x")).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn in_whatever_order_they_rate_nothing_is_told_too_early(
        acts in prop::collection::vec((prop::sample::select(PEOPLE.to_vec()), [1_usize..6, 1..6, 1..6], 0..6_usize), 0..20)
    ) {
        let mut table = over();
        for (who, levels, kind) in acts {
            let behaviour = BEHAVIOURS[levels[1] % 3];
            let act = match kind {
                0 | 1 => rate(levels, &format!("MARK-{who}")),
                2 => settle(behaviour, levels[0], "because"),
                3 => agree(behaviour),
                4 => ask(who),
                _ => Act::HandOver { to: who.to_owned() },
            };
            let before = table.run.clone();
            if table.act(who, act).is_err() {
                prop_assert_eq!(&before, &table.run);
            }
            let both = table.run.raters.both().is_some();
            for reader in PEOPLE {
                let seen = everything(&table, reader);
                for rater in PEOPLE.into_iter().filter(|rater| *rater != reader) {
                    let mark = format!("MARK-{rater}");
                    prop_assert!(both || !seen.contains(&mark), "{} reads {}", reader, mark);
                }
            }
        }
        prop_assert_eq!(&Run::of(&table.events), &table.run);
    }
}
