use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

const TEAM: [&str; 3] = ["ana", "bo", "cy"];
const BEGAN_US: i64 = 20_000 * DAY_US + 5;

fn small() -> Project {
    let text = r#"
        id = "small"
        version = "1.0.0"
        title = "Small"
        summary = "Two milestones."
        level = "practitioner"
        image = "general-hospital"
        virtual_now = "2031-03-04T06:00"
        team = { least = 3, most = 6 }
        [[contribution]]
        id = "analysis"
        title = "Analysis"
        means = "Finding out."
        [[milestone]]
        id = "feed"
        title = "The feed"
        due_day = 7
        artefact = "An inventory"
        behaviour = [{ id = "whole", says = "Everything is in it" }]
        [[milestone]]
        id = "channel"
        title = "The channel"
        due_day = 14
        artefact = "A channel"
        behaviour = [{ id = "tried", says = "It was tried" }]
        [[defence]]
        id = "answers"
        says = "The question is answered"
    "#;
    let mut project: Project = toml::from_str(text).unwrap();
    project.milestones[1].checks = vec!["arrived".to_owned()];
    project
}

/// A project at work: acts are permitted, or their refusal is returned.
struct Played {
    project: Project,
    run: Run,
    at_us: i64,
}

impl Played {
    fn begun() -> Self {
        let mut played = Self { project: small(), run: Run::default(), at_us: BEGAN_US };
        let members = TEAM.map(str::to_owned).to_vec();
        played.happen("panel", What::Began { members });
        played
    }

    fn signed() -> Self {
        let mut played = Self::begun();
        played.does("ana", &charter()).unwrap();
        TEAM.iter().for_each(|who| played.does(who, &Act::Sign { version: 1 }).unwrap());
        played
    }

    fn happen(&mut self, who: &str, what: What) {
        self.run.apply(&Event { seq: self.run.seq + 1, at_us: self.at_us, who: who.to_owned(), what });
    }

    fn does(&mut self, who: &str, act: &Act) -> Result<(), Refusal> {
        let part = if who == "panel" { Part::Panel } else { Part::Member };
        let act = permit(&self.project, &self.run, By { who, part }, act)?;
        self.happen(who, What::Did { act });
        Ok(())
    }

    fn state(&self, milestone: &str) -> State {
        standing(self.project.milestone(milestone).unwrap(), &self.run).state
    }
}

fn charter() -> Act {
    let text = || "As we said.".to_owned();
    Act::Charter { purpose: text(), roles: text(), agreement: text(), risks: text() }
}

fn hand_in(milestone: &str) -> Act {
    Act::HandIn { milestone: milestone.to_owned(), text: "Here.".to_owned(), with: Vec::new(), file: None }
}

fn review(milestone: &str, version: u32, behaviour: &str) -> Act {
    let marked = Marked { mark: 2, because: "It is there.".to_owned() };
    let marks = BTreeMap::from([(behaviour.to_owned(), marked)]);
    Act::Review { milestone: milestone.to_owned(), version, marks, words: String::new() }
}

fn answer(milestone: &str) -> Act {
    Act::Answer { milestone: milestone.to_owned(), review: 1, text: "Thank you.".to_owned() }
}

fn rule(milestone: &str) -> Act {
    Act::Rule { milestone: milestone.to_owned(), accepted: true, words: "Good work.".to_owned() }
}

#[test]
fn a_milestone_is_accepted_after_a_review_and_its_answer() {
    let mut played = Played::signed();
    assert!(matches!(played.does("panel", &rule("feed")), Err(Refusal::NotNow(_))));
    played.does("ana", &hand_in("feed")).unwrap();
    assert_eq!(played.state("feed"), State::HandedIn);
    assert!(played.does("panel", &rule("feed")).unwrap_err().to_string().contains("nobody of the team"));
    played.does("bo", &review("feed", 1, "whole")).unwrap();
    assert_eq!(played.state("feed"), State::InReview);
    assert!(played.does("panel", &rule("feed")).unwrap_err().to_string().contains("not answered"));
    assert!(played.does("cy", &answer("feed")).is_err(), "its authors answer");
    played.does("ana", &answer("feed")).unwrap();
    assert_eq!(played.state("feed"), State::Reviewed);
    played.does("panel", &rule("feed")).unwrap();
    assert_eq!(played.state("feed"), State::Accepted);
    assert!(played.does("ana", &hand_in("feed")).is_err(), "what is accepted stays as it is");
}

#[test]
fn nobody_reviews_their_own_work_and_somebody_is_always_left_to_do_so() {
    let mut played = Played::signed();
    played.does("ana", &hand_in("feed")).unwrap();
    assert!(
        played.does("ana", &review("feed", 1, "whole")).unwrap_err().to_string().contains("you wrote it")
    );
    let Act::HandIn { milestone, text, file, .. } = hand_in("feed") else { unreachable!() };
    let with = vec!["bo".to_owned(), "cy".to_owned()];
    let all = Act::HandIn { milestone, text, with, file };
    assert!(played.does("ana", &all).unwrap_err().to_string().contains("somebody must be left"));
    played.does("bo", &hand_in("feed")).unwrap();
    assert!(played.does("cy", &hand_in("feed")).is_err(), "the last who has not written reviews");
    assert!(played.does("ana", &review("feed", 2, "whole")).is_err(), "who wrote a version reviews none");
    assert!(played.does("cy", &review("feed", 1, "whole")).is_err(), "an older version is not reviewed");
    assert!(played.does("cy", &review("feed", 2, "strange")).is_err());
    played.does("cy", &review("feed", 2, "whole")).unwrap();
    assert!(played.does("cy", &review("feed", 2, "whole")).is_err(), "once is enough");
}

#[test]
fn nothing_is_handed_in_before_all_have_signed_and_a_new_charter_is_signed_anew() {
    let mut played = Played::begun();
    assert!(played.does("ana", &Act::Sign { version: 1 }).is_err());
    played.does("ana", &charter()).unwrap();
    played.does("ana", &Act::Sign { version: 1 }).unwrap();
    played.does("bo", &Act::Sign { version: 1 }).unwrap();
    assert!(played.does("ana", &hand_in("feed")).is_err(), "cy has not signed");
    played.does("bo", &charter()).unwrap();
    assert!(played.does("cy", &Act::Sign { version: 1 }).unwrap_err().to_string().contains("read it again"));
    TEAM.iter().for_each(|who| played.does(who, &Act::Sign { version: 2 }).unwrap());
    played.does("ana", &hand_in("feed")).unwrap();
}

#[test]
fn what_the_hospital_was_not_seen_to_hold_is_not_accepted() {
    let mut played = Played::signed();
    played.does("ana", &hand_in("channel")).unwrap();
    played.does("bo", &review("channel", 1, "tried")).unwrap();
    played.does("ana", &answer("channel")).unwrap();
    for passed in [false, true] {
        let refused = played.does("panel", &rule("channel")).unwrap_err().to_string();
        assert!(refused.contains("'arrived'"), "{refused}");
        let found = Found {
            milestone: "channel".to_owned(),
            check: "arrived".to_owned(),
            title: "It arrived".to_owned(),
            passed,
            observed: String::new(),
        };
        played.happen("ana", What::Looked { found: vec![found] });
    }
    played.does("panel", &rule("channel")).unwrap();
}

#[test]
fn an_item_is_done_when_somebody_owns_it_and_something_shows_it() {
    let mut played = Played::begun();
    let words = || "words".to_owned();
    played.does("ana", &Act::AddItem { title: words(), done_when: words(), milestone: None }).unwrap();
    let done = Act::MoveItem { item: 1, to: ItemState::Done };
    assert!(played.does("ana", &done).is_err());
    played.does("ana", &Act::OwnItem { item: 1, owner: Some("bo".to_owned()) }).unwrap();
    for bad in ["journal", "journal 0", "milestone strange", "javascript:alert(1)", "https://a b", ""] {
        let link = Act::LinkItem { item: 1, evidence: bad.to_owned() };
        assert!(matches!(played.does("ana", &link), Err(Refusal::Invalid(_))), "{bad}");
    }
    played.does("ana", &Act::LinkItem { item: 1, evidence: "journal 41".to_owned() }).unwrap();
    played.does("ana", &done).unwrap();
    assert!(played.does("ana", &Act::MoveItem { item: 0, to: ItemState::Open }).is_err());
    assert_eq!((did(&played.run, "bo").items, did(&played.run, "ana").items), (1, 0));
}

#[test]
fn a_statement_is_confirmed_by_others_and_a_dissent_says_why() {
    let mut played = Played::begun();
    let confirm =
        |agrees, words: &str| Act::Confirm { of: "ana".to_owned(), agrees, words: words.to_owned() };
    assert!(played.does("bo", &confirm(true, "")).is_err(), "nothing is said yet");
    let state = |to: &str| Act::Contribute { to: vec![to.to_owned()], text: "All of it.".to_owned() };
    assert!(played.does("ana", &state("strange")).is_err());
    played.does("ana", &state("analysis")).unwrap();
    assert!(played.does("ana", &confirm(true, "")).is_err(), "not by oneself");
    assert!(played.does("bo", &confirm(false, " ")).is_err(), "a dissent says why");
    played.does("bo", &confirm(false, "Half of it was mine.")).unwrap();
    played.does("cy", &confirm(true, "")).unwrap();
    assert!(measure(&played.project, &played.run).confirmed < 1.0);
    played.does("bo", &confirm(true, "")).unwrap();
    assert!((measure(&played.project, &played.run).confirmed - 100.0 / 3.0).abs() < 1e-9);
    played.does("ana", &state("analysis")).unwrap();
    assert!(measure(&played.project, &played.run).confirmed < 1.0, "said anew, it is confirmed anew");
}

#[test]
fn the_panel_and_the_team_do_each_their_own() {
    let mut played = Played::signed();
    for act in [charter(), hand_in("feed"), Act::Sign { version: 1 }] {
        assert_eq!(played.does("panel", &act), Err(Refusal::Teams));
    }
    let asked = Act::Question { to: None, asked: "Why?".to_owned(), answered: "Because.".to_owned() };
    let marks = BTreeMap::from([("answers".to_owned(), Marked { mark: 1, because: "Half.".to_owned() })]);
    let mark = Act::Mark { marks };
    let on = |day: &str| Act::Defend { on: day.to_owned() };
    for act in [rule("feed"), asked.clone(), mark.clone(), on("2031-04-30")] {
        assert_eq!(played.does("ana", &act), Err(Refusal::Panels));
    }
    assert!(played.does("panel", &asked).is_err(), "the day is not set");
    assert!(played.does("panel", &on("next week")).is_err());
    played.does("panel", &on("2031-04-30")).unwrap();
    assert!(played.does("panel", &mark).is_err(), "nothing was asked");
    played.does("panel", &asked).unwrap();
    played.does("panel", &mark).unwrap();
    assert!((measure(&played.project, &played.run).defence - 50.0).abs() < 1e-9);
    played.happen("panel", What::Closed);
    assert!(matches!(played.does("ana", &hand_in("feed")), Err(Refusal::NotNow(_))));
}

#[test]
fn in_time_is_until_the_end_of_the_due_day() {
    for (days, in_time) in [(7, true), (8, false)] {
        let mut played = Played::signed();
        played.at_us = 20_000 * DAY_US + days * DAY_US + DAY_US - 1;
        played.does("ana", &hand_in("feed")).unwrap();
        assert_eq!(standing(&played.project.milestones[0], &played.run).in_time, Some(in_time), "{days}");
    }
}

#[test]
fn one_who_does_it_all_shares_nothing() {
    let mut alone = Played::signed();
    alone.does("ana", &hand_in("feed")).unwrap();
    alone.does("ana", &hand_in("channel")).unwrap();
    assert!((measure(&alone.project, &alone.run).shared - 100.0 / 3.0).abs() < 1e-9);
    let mut together = Played::signed();
    together.does("ana", &hand_in("feed")).unwrap();
    together.does("bo", &hand_in("channel")).unwrap();
    together.does("cy", &review("feed", 1, "whole")).unwrap();
    assert!((measure(&together.project, &together.run).shared - 100.0).abs() < 1e-9);
    assert!(measure(&together.project, &Run::default()).shared < 1.0, "nobody did anything yet");
}

#[test]
fn every_mistake_of_a_folder_is_told() {
    let checked = project("other", &[("project.toml", "id = 5")], &|_| Vec::new());
    assert!(checked.value.is_none() && checked.problems.len() == 1, "{checked:?}");
    let text = toml::to_string(&small()).unwrap();
    let text = text.lines().filter(|line| !line.starts_with("brief") && !line.starts_with("guide"));
    let text: Vec<&str> = text.collect();
    let text = text.join("\n").replace("checks = []", "").replace("checks = [\"arrived\"]", "");
    let text = text.replace("teams = []", "");
    let checked = project("other", &[("project.toml", &text)], &|_| Vec::new());
    let said: Vec<&str> = checked.problems.iter().map(|problem| problem.what.as_str()).collect();
    for wanted in ["its id is 'small'", "nobody knows whether", "there is nothing in it"] {
        assert!(said.iter().any(|what| what.contains(wanted)), "{wanted}: {checked:#?}");
    }
}

proptest! {
    /// Whatever is tried in whatever order, nobody's review is of their own work, and nothing is accepted unreviewed.
    #[test]
    fn no_order_of_acts_goes_round_a_review(tries in prop::collection::vec((0_usize..4, 0_usize..6, 1_u32..4), 0..60)) {
        let mut played = Played::signed();
        for (who, what, number) in tries {
            let who = ["ana", "bo", "cy", "panel"][who];
            let act = match what {
                0 => hand_in("feed"),
                1 => review("feed", number, "whole"),
                2 => Act::Answer { milestone: "feed".to_owned(), review: number, text: "So.".to_owned() },
                3 => rule("feed"),
                4 => Act::Rule { milestone: "feed".to_owned(), accepted: false, words: "Not yet.".to_owned() },
                _ => Act::Sign { version: number },
            };
            // A refusal is an answer; what matters is what stands afterwards.
            let _ = played.does(who, &act);
        }
        if let Some(work) = played.run.work.get("feed") {
            for review in work.reviews_of_newest() {
                prop_assert!(!work.is_author(&review.by));
            }
            let is_accepted = work.ruling.as_ref().is_some_and(|ruling| ruling.accepted);
            prop_assert!(!is_accepted || work.reviews_of_newest().all(|review| review.answer.is_some()));
            prop_assert!(!is_accepted || work.reviews_of_newest().next().is_some());
            prop_assert!(!TEAM.iter().all(|member| work.is_author(member)));
        }
    }
}
