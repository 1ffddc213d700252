//! What people may do, and what comes of it.

use workshops::measure::measure;
use workshops::run::{Act, Refusal};
use workshops::see::{Viewer, project};

use crate::small::{BEGUN_US, Table, decided, sbar, share, vote};

fn playing(phases: usize) -> Table {
    let mut table = Table::laid();
    for _ in 0..phases {
        table.act("fay", Act::Next { after: None }).unwrap();
    }
    table
}

fn why(refused: Result<(), Refusal>) -> String {
    refused.unwrap_err().to_string()
}

#[test]
fn a_workshop_begins_when_every_role_is_somebodys_or_covered() {
    let mut table = Table::laid();
    table.act("emil", Act::Sit { role: None }).unwrap();
    assert!(why(table.act("fay", Act::Next { after: None })).contains("nobody is the engineer"));
    assert!(
        why(table.act("cleo", Act::Sit { role: Some("nurse".to_owned()) })).contains("NILS is the nurse")
    );
    table.act("fay", Act::Cover { role: "engineer".to_owned(), covered: true }).unwrap();
    table.act("fay", Act::Next { after: None }).unwrap();
    assert_eq!(table.run.play.phase, Some(0));
    assert!(why(table.act("nils", Act::Sit { role: Some("engineer".to_owned()) })).contains("envelope"));
}

#[test]
fn a_late_joiner_takes_the_seat_of_a_scripted_colleague() {
    let mut table = Table::laid();
    table.act("emil", Act::Sit { role: None }).unwrap();
    table.act("fay", Act::Cover { role: "engineer".to_owned(), covered: true }).unwrap();
    table.act("fay", Act::Next { after: None }).unwrap();
    table.act("olga", Act::Sit { role: Some("engineer".to_owned()) }).unwrap();
    assert_eq!(table.run.role_of("olga"), Some("engineer"));
    assert!(!table.run.covered.contains("engineer"));
}

#[test]
fn a_console_in_two_tabs_goes_on_once() {
    let mut table = playing(1);
    let next = || Act::Next { after: Some("briefing".to_owned()) };
    table.act("fay", next()).unwrap();
    assert!(why(table.act("fay", next())).contains("gone on already"));
    assert_eq!(table.run.play.phase, Some(1));
}

#[test]
fn only_the_facilitator_has_the_console_and_it_can_be_taken_when_they_vanish() {
    let mut table = playing(1);
    for act in
        [Act::Next { after: None }, Act::End, Act::Pass { minutes: 5 }, Act::Note { text: "mine".to_owned() }]
    {
        assert_eq!(table.act("nils", act), Err(Refusal::Facilitators));
    }
    assert!(why(table.act("nils", Act::TakeOver)).contains("the facilitator is here"));
    table.act_while("nils", &Act::TakeOver, true).unwrap();
    assert!(table.run.facilitates("nils") && !table.run.facilitates("fay"));
    assert_eq!(table.act("fay", Act::Next { after: None }), Err(Refusal::Facilitators));
    table.act("nils", Act::HandOver { to: "fay".to_owned() }).unwrap();
    table.act("fay", Act::Next { after: None }).unwrap();
}

#[test]
fn a_colleague_who_is_asked_answers_one_thing_at_a_time_and_volunteers_nothing() {
    let mut table = Table::laid();
    table.act("nils", Act::Sit { role: None }).unwrap();
    table.act("fay", Act::Cover { role: "nurse".to_owned(), covered: true }).unwrap();
    table.act("fay", Act::Next { after: None }).unwrap();
    let ask = || Act::Ask { of: "nurse".to_owned() };
    assert!(why(table.act("cleo", Act::Ask { of: "engineer".to_owned() })).contains("no scripted colleague"));
    table.act("cleo", ask()).unwrap();
    assert!(table.run.play.on_table("ward"));
    // What comes only with the second phase is not known before.
    assert!(why(table.act("cleo", ask())).contains("everything they know"));
    table.act("fay", Act::Next { after: None }).unwrap();
    table.act("fay", Act::Next { after: None }).unwrap();
    table.act("cleo", ask()).unwrap();
    assert!(table.run.play.on_table("later"));
}

#[test]
fn a_step_back_takes_back_what_was_decided_and_lets_people_remember_what_was_said() {
    let mut table = playing(2);
    table.minute = 7;
    table.act("nils", share("ward", None)).unwrap();
    table.act("nils", Act::Say { to: None, text: "listen".to_owned() }).unwrap();
    table.act("nils", decided("go", "yes", &["ward"])).unwrap();
    assert!(why(table.act("cleo", decided("go", "no", &[]))).contains("has been decided"));
    table.minute = 0;
    table.act("fay", Act::Rewind { phase: "first".to_owned() }).unwrap();
    assert!(table.run.play.log.is_empty() && table.run.play.shared.is_empty());
    assert_eq!((table.run.play.phase, table.run.rewound, table.run.messages.len()), (Some(1), 1, 1));
    assert!(
        why(table.act("fay", Act::Rewind { phase: "second".to_owned() })).contains("not come to that phase")
    );
    table.act("cleo", decided("go", "no", &[])).unwrap();
    assert_eq!(table.run.play.log.len(), 1);
}

#[test]
fn a_ballot_comes_before_its_decision_and_closes_when_it_is_revealed() {
    let mut table = playing(3);
    assert!(why(table.act("nils", decided("chair", "nurse", &[]))).contains("ballot"));
    assert!(why(table.act("fay", Act::Reveal { decision: "chair".to_owned() })).contains("nobody has voted"));
    table.act("nils", vote("chair", "nurse")).unwrap();
    table.act("fay", Act::Reveal { decision: "chair".to_owned() }).unwrap();
    assert!(why(table.act("cleo", vote("chair", "clerk"))).contains("closed"));
    table.act("nils", decided("chair", "nurse", &[])).unwrap();
    table.act("cleo", Act::Dissent { decision: "chair".to_owned(), text: "I would".to_owned() }).unwrap();
    assert_eq!(table.run.play.log[0].dissent, [("clerk".to_owned(), "I would".to_owned())]);
}

#[test]
fn a_loop_is_closed_when_the_sender_finds_the_read_back_right() {
    let mut table = playing(2);
    table.act("nils", Act::HandOff { to: "engineer".to_owned(), sbar: sbar("x") }).unwrap();
    let number = Some(table.run.play.hand_offs[0].number);
    let read_back = |text: &str| Act::ReadBack { number, text: text.to_owned() };
    let newest = |right| Act::Confirm { number: None, right };
    assert!(why(table.act("cleo", read_back("mine"))).contains("no hand-off of yours"));
    assert!(
        why(table.act("nils", Act::Confirm { number, right: true })).contains("nothing has been read back")
    );
    table.act("emil", read_back("wrong")).unwrap();
    table.act("nils", Act::Confirm { number, right: false }).unwrap();
    assert_eq!(measure(&table.case, &table.run).hand_offs.closed, 0);
    table.act("emil", read_back("right")).unwrap();
    table.act("nils", newest(true)).unwrap();
    let measured = measure(&table.case, &table.run).hand_offs;
    assert_eq!((measured.sent, measured.closed, measured.wanted), (1, 1, 100));
    assert!(why(table.act("emil", read_back("again"))).contains("closed"));
}

#[test]
fn facts_count_when_they_reach_a_decision_and_when_they_were_known_before_it() {
    let mut table = playing(2);
    table.minute = 4;
    table.act("nils", share("ward", None)).unwrap();
    table.act("cleo", share("office", None)).unwrap();
    table.minute = 9;
    table.act("emil", decided("go", "no", &["ward", "machine"])).unwrap();
    table.minute = 12;
    let facts = measure(&table.case, &table.run).facts;
    assert_eq!((facts.critical, facts.on_table, facts.reached, facts.delay_min), (3, 100, 67, Some(9)));
    assert_eq!(facts.roles[1].kept, ["SECRET office"]);
    let decided = measure(&table.case, &table.run).decided;
    assert_eq!((decided.points, decided.informed), (100, 100));
}

#[test]
fn what_comes_out_after_a_decision_did_not_inform_it() {
    let mut table = playing(2);
    table.act("nils", decided("go", "yes", &[])).unwrap();
    table.minute = 3;
    table.act("nils", share("ward", None)).unwrap();
    let measures = measure(&table.case, &table.run);
    assert_eq!((measures.decided.points, measures.decided.informed, measures.facts.reached), (0, 0, 0));
}

#[test]
fn agreement_is_not_correctness() {
    let mut table = playing(2);
    let answer = |state, cause| Act::Answer {
        answers: [("state".to_owned(), state), ("cause".to_owned(), cause)].into(),
    };
    for who in ["nils", "cleo", "emil"] {
        table.act(who, answer(1, 2)).unwrap();
    }
    let at_t1 = |table: &Table| measure(&table.case, &table.run).situations[0].clone();
    let wrong = at_t1(&table);
    assert_eq!((wrong.agreement, wrong.correct, wrong.shared_after_min), (100, 0, None));
    table.minute = 6;
    for who in ["nils", "cleo", "emil"] {
        table.act(who, answer(2, 1)).unwrap();
    }
    assert_eq!((at_t1(&table).correct, at_t1(&table).shared_after_min), (100, Some(6)));
    table.act("emil", answer(1, 1)).unwrap();
    assert_eq!((at_t1(&table).agreement, at_t1(&table).correct), (83, 83));
    // Those who do not know do not agree by that.
    for who in ["nils", "cleo", "emil"] {
        table.act(who, answer(3, 3)).unwrap();
    }
    assert_eq!((at_t1(&table).agreement, at_t1(&table).correct), (0, 0));
}

#[test]
fn the_timer_follows_the_hospital_in_play_and_people_otherwise() {
    let left = |table: &Table, hospital_min: i64, wall_min: i64| {
        let (now_us, wall_us) = (BEGUN_US + hospital_min * 60_000_000, BEGUN_US + wall_min * 60_000_000);
        project(&table.case, &table.run, Viewer::Onlooker, now_us, wall_us).phase.unwrap().minutes_left
    };
    assert_eq!(left(&playing(1), 500, 4), 6);
    // Twice as fast as people: 50 minutes of the hospital are 25 of a person, five more than there were.
    assert_eq!(left(&playing(2), 50, 0), -5);
}

#[test]
fn when_it_is_over_nothing_is_added_but_to_the_plan() {
    let mut table = playing(4);
    table.act("fay", Act::End).unwrap();
    assert!(why(table.act("nils", share("ward", None))).contains("over"));
    let improve = Act::Improve {
        issue: "Nobody knew".to_owned(),
        action: "Tell".to_owned(),
        capability: String::new(),
        owner: "The clerk".to_owned(),
        due: "2031-04-30".to_owned(),
    };
    table.act("nils", improve).unwrap();
    assert_eq!(table.run.improvements.len(), 1);
}
