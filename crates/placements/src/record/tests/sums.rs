use jiff::civil::date;
use proptest::prelude::*;

use super::given::{Kept, agreement};
use crate::record::*;

fn evaluation(half: Half) -> Deed {
    Deed::Evaluated(Evaluation { half, well: "Asks early".to_owned(), next: "Write it down".to_owned() })
}

#[test]
fn hours_are_read_and_written_as_people_write_them() {
    for (text, minutes) in [
        ("8", Some(480)),
        ("7.5", Some(450)),
        ("7,25", Some(435)),
        ("7:20", Some(440)),
        ("0.33", Some(20)),
        (" 1 ", Some(60)),
        ("", None),
        ("-1", None),
        ("7:60", None),
        ("8h", None),
        ("1.234", None),
        ("99999999999", None),
    ] {
        assert_eq!(minutes_of(text), minutes, "{text}");
    }
    for (minutes, text) in [(0, "0"), (480, "8"), (450, "7.5"), (20, "0.33"), (6_000, "100")] {
        assert_eq!(hours_text(minutes), text);
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(minutes in 0..50_000_u32) {
        prop_assert_eq!(minutes_of(&hours_text(minutes)), Some(minutes));
    }
}

#[test]
fn what_is_missing_is_told_until_nothing_is() {
    let mut kept = Kept::begun();
    let told = |kept: &Kept| kept.progress().missing.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(
        told(&kept),
        [
            "2 hours more of “Watching”",
            "2 hours more of “Mending”",
            "1 hours more of “Talking”",
            "10 hours more on the job in all",
            "not entrusted yet: x.find",
            "the evaluation at the middle is not written",
            "the evaluation at the end is not written",
        ]
    );
    let refusal = kept.does("olga", Side::Office, Deed::Completed).unwrap_err();
    assert!(refusal.what.contains("2 hours more of “Watching”"), "{refusal}");
    let lines = [(1, "watch", 9), (2, "mend", 1), (3, "talk", 1)];
    let lines: Vec<u64> = lines.iter().map(|(day, at, hours)| kept.logs(*day, at, *hours).unwrap()).collect();
    assert_eq!(kept.progress().job_minutes, 0, "what nobody signed does not count");
    assert_eq!(kept.progress().waiting_minutes, 11 * 60);
    kept.signs(&lines).unwrap();
    assert_eq!(kept.progress().job_minutes, 9 * 60, "8 of 9 hours count in one process, and 1 in the other");
    let more = kept.logs(4, "mend", 1).unwrap();
    kept.signs(&[more]).unwrap();
    kept.entrusts(4).unwrap();
    kept.does("sam", Side::Supervisor, evaluation(Half::Mid)).unwrap();
    kept.does("sam", Side::Supervisor, evaluation(Half::End)).unwrap();
    assert!(kept.does("sam", Side::Supervisor, evaluation(Half::End)).is_err(), "an evaluation stays");
    assert!(told(&kept).is_empty());
    let open = kept.logs(5, "mend", 1).unwrap();
    assert_eq!(told(&kept), ["one line is not signed"]);
    kept.signs(&[open]).unwrap();
    kept.does("olga", Side::Office, Deed::Completed).unwrap();
}

#[test]
fn a_wage_step_is_reached_by_hours_and_competencies_together() {
    let mut kept = Kept::begun();
    let line = kept.logs(1, "watch", 8).unwrap();
    kept.signs(&[line]).unwrap();
    let wage = kept.progress().wage;
    assert_eq!(
        (wage.reached, wage.unpaid, wage.next),
        (1, vec![1], Some((0, 1))),
        "hours alone do not lead on"
    );
    let pay = |step| Deed::Paid { step, from: date(2031, 10, 1) };
    assert!(kept.does("olga", Side::Office, pay(2)).unwrap_err().what.contains("not reached"));
    kept.entrusts(4).unwrap();
    assert_eq!(kept.progress().wage.reached, 2);
    kept.does("olga", Side::Office, pay(2)).unwrap();
    assert!(kept.does("olga", Side::Office, pay(2)).is_err());
    assert_eq!((kept.progress().wage.unpaid, kept.progress().wage.next), (vec![1], None));
}

#[test]
fn wages_rise() {
    let schedule = Kept::new().schedule;
    assert_eq!(agreement().check(&schedule), Ok(()));
    let step = |hours, entrusted, cents| WageStep { hours, entrusted, cents };
    for wages in [
        vec![],
        vec![step(0, 0, 2_000)],
        vec![step(1, 0, 2_000), step(2, 0, 2_100)],
        vec![step(0, 0, 2_000), step(2, 0, 2_000)],
        vec![step(0, 0, 2_000), step(4, 0, 2_100), step(3, 1, 2_200)],
        vec![step(0, 0, 2_000), step(4, 2, 2_100)],
        vec![step(0, 0, 2_000), step(11, 0, 2_100)],
        vec![step(0, 0, 2_000), step(0, 0, 2_100)],
    ] {
        let changed = Agreement { wages: wages.clone(), ..agreement() };
        assert_eq!(changed.check(&schedule).unwrap_err().field, "wages", "{wages:?}");
    }
}

#[test]
fn reminders_go_to_who_can_do_something() {
    let mut kept = Kept::new();
    let told = |kept: &Kept| {
        let found = dues(&kept.record(), &kept.schedule, &kept.rules, kept.today);
        found.into_iter().map(|due| (due.side, due.matter)).collect::<Vec<_>>()
    };
    assert_eq!(told(&kept), [(Side::Apprentice, Matter::Accept)]);
    kept.does("ana", Side::Apprentice, Deed::Accepted).unwrap();
    kept.logs(3, "watch", 8).unwrap();
    assert_eq!(told(&kept), [], "the week is not over");
    kept.today = date(2031, 9, 6);
    assert_eq!(told(&kept), [(Side::Supervisor, Matter::Sign(date(2031, 9, 1)))]);
    kept.today = date(2031, 9, 8);
    assert!(told(&kept).contains(&(Side::Apprentice, Matter::Log(date(2031, 9, 3)))));
    kept.today = date(2032, 2, 20);
    assert!(told(&kept).contains(&(Side::Supervisor, Matter::Evaluate(Half::Mid))), "{:?}", told(&kept));
}

#[test]
fn an_export_holds_every_line_and_no_formula() {
    let mut kept = Kept::begun();
    let what = "=HYPERLINK(\"http://x\")".to_owned();
    let deed = Deed::Logged { day: date(2031, 9, 3), at: "watch".to_owned(), minutes: 90, what };
    let line = kept.does("ana", Side::Apprentice, deed).unwrap();
    kept.signs(&[line]).unwrap();
    let lines = lines_csv(&kept.record(), &kept.schedule, str::to_uppercase);
    assert_eq!(
        lines.lines().nth(1),
        Some("3,2031-09-03,on the job,Watching,1.5,\"'=HYPERLINK(\"\"http://x\"\")\",signed,SAM,,")
    );
    let hours = hours_csv(&kept.progress());
    assert_eq!(hours.lines().nth(1), Some("watch,on the job,Watching,1.5,1.5,2,8"));
    assert_eq!(hours.lines().nth(3), Some("talk,related instruction,Talking,0,0,1,"));
}
