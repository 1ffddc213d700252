//! A drill seen again when it is over: at every moment it stood as those who were there saw it.

use platform::drills::{DrillError, DrillView, score};
use platform::live::Stepped;

use crate::drills::Stage;
use crate::home::Home;

/// Lets a drill be lived minute by minute with these commands, ends it, and holds what is told of every minute against what was
/// seen then.
fn seen_again(scenario: &str, minutes: u32, commands: &[(u32, &str)], admits: &[u32]) {
    let stage = Stage::of(scenario, false);
    let mut seen: Vec<DrillView> = vec![stage.view()];
    for minute in 1..=minutes {
        stage.pass(1);
        for (_, command) in commands.iter().filter(|(at, _)| *at == minute) {
            stage.give(command);
        }
        if admits.contains(&minute) {
            stage.admit();
        }
        // What can travel does, as it does in a house that runs.
        let sandbox = stage.drill.sandbox.as_str();
        while stage.home.platform.step_hospital(sandbox, 100).unwrap() == Stepped::More {}
        seen.push(stage.view());
    }
    let Home { platform, ana, .. } = &stage.home;
    platform.end_drill(ana, &stage.drill.id).unwrap();
    for (minute, then) in seen.iter().enumerate().take(minutes as usize) {
        let second = u32::try_from(minute).unwrap() * 60;
        let replay = platform.replay_drill(ana, &stage.drill.id, second).unwrap();
        let told = &replay.view;
        let at = format!("{scenario}, minute {minute}");
        assert_eq!(told.wall, then.wall, "{at}");
        assert_eq!(told.network, then.network, "{at}");
        assert_eq!(told.events, then.events, "{at}");
        assert_eq!((&told.run.flags, &told.run.busy), (&then.run.flags, &then.run.busy), "{at}");
        let points = |view: &DrillView| score(view.scenario, &view.run).points;
        assert_eq!(points(told), points(then), "{at}");
        assert!(told.offers.iter().all(|(_, why_not, ..)| why_not.is_some()), "{at}");
        assert_eq!((told.now_us, told.rate), (then.now_us, 0), "{at}");
        let care = then.run.care(then.scenario);
        // Between two events harm is told evenly; at an event it is what it was.
        assert!((replay.care - care).abs() <= 1.0 + care * 0.2, "{at}: {} and {care}", replay.care);
    }
    let end = platform.replay_drill(ana, &stage.drill.id, u32::MAX).unwrap();
    assert_eq!(end.second, end.seconds);
    assert!(end.view.run.ended_us.is_some());
    assert_eq!(end.view.events, stage.view().events);
}

#[test]
fn an_engine_that_died_is_seen_again_with_every_message_where_it_was() {
    let commands = [
        (4, "look"),
        (5, "declare"),
        (7, "cart"),
        (11, "fail-over"),
        (28, "open-admissions"),
        (31, "open-orders"),
        (34, "open-results"),
        (37, "send-again"),
    ];
    seen_again("engine-dies", 44, &commands, &[2, 9, 30]);
}

#[test]
fn what_was_thrown_away_is_seen_waiting_before() {
    seen_again("engine-dies", 16, &[(4, "empty-store")], &[1, 2]);
}

#[test]
fn records_are_seen_again_unreadable_and_then_brought_back() {
    let commands = [
        (4, "cut-laboratory"),
        (8, "search"),
        (9, "check-backup"),
        (20, "close-first"),
        (24, "who-else"),
        (34, "close-second"),
        (38, "restore-named"),
    ];
    seen_again("ransomware-night", 62, &commands, &[3]);
}

#[test]
fn only_what_is_over_is_seen_again_and_only_by_those_who_may_read_the_debrief() {
    let stage = Stage::of("engine-dies", false);
    let Home { platform, ana, ben, ines, .. } = &stage.home;
    let id = stage.drill.id.as_str();
    assert!(
        matches!(platform.replay_drill(ana, id, 0), Err(DrillError::Refused(why)) if why.contains("still goes on"))
    );
    platform.end_drill(ana, id).unwrap();
    assert!(matches!(platform.replay_drill(ben, id, 0), Err(DrillError::NotYours(_))));
    assert!(platform.replay_drill(ines, id, 0).is_ok(), "who teaches may look at every one");
    platform.reset_sandbox(&stage.access()).unwrap();
    assert!(matches!(platform.replay_drill(ana, id, 0), Err(DrillError::Gone)));
}
