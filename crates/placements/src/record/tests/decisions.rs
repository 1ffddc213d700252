use jiff::civil::date;

use super::given::Kept;
use crate::record::*;

fn correction(line: u64, minutes: u32) -> Deed {
    let (at, what, why) =
        ("watch".to_owned(), "Less than I thought".to_owned(), "I counted lunch".to_owned());
    Deed::Corrected { line, at, minutes, what, why }
}

#[test]
fn nothing_is_logged_before_the_agreement_is_accepted_or_after_the_end() {
    let mut kept = Kept::new();
    assert!(kept.logs(3, "watch", 8).unwrap_err().what.contains("accept the agreement"));
    kept.does("ana", Side::Apprentice, Deed::Accepted).unwrap();
    kept.logs(3, "watch", 8).unwrap();
    assert!(kept.does("ana", Side::Apprentice, Deed::Accepted).is_err(), "once is enough");
    kept.does("olga", Side::Office, Deed::Ended { why: "Moved away".to_owned() }).unwrap();
    assert!(kept.logs(4, "watch", 8).unwrap_err().what.contains("is over"));
}

#[test]
fn a_day_is_logged_within_the_rules_days_and_refused_with_words_after_that() {
    let mut kept = Kept::begun();
    for (today, day, refused) in
        [(5, 5, None), (8, 1, None), (9, 1, Some("more than 7 days ago")), (5, 6, Some("still to come"))]
    {
        kept.today = date(2031, 9, today);
        let logged = kept.logs(day, "watch", 1);
        match refused {
            None => assert!(logged.is_ok(), "{today} {day}: {logged:?}"),
            Some(words) => {
                let refusal = logged.unwrap_err();
                assert!(refusal.field == "day" && refusal.what.contains(words), "{today} {day}: {refusal}");
            }
        }
    }
    let early = Deed::Logged {
        day: date(2031, 8, 31),
        at: "watch".to_owned(),
        minutes: 60,
        what: "Early".to_owned(),
    };
    assert!(kept.does("ana", Side::Apprentice, early).unwrap_err().what.contains("before the first day"));
}

#[test]
fn a_line_is_about_known_work_and_no_day_is_too_long() {
    let mut kept = Kept::begun();
    assert_eq!(kept.logs(3, "sleep", 1).unwrap_err().field, "at");
    assert_eq!(kept.logs(3, "watch", 0).unwrap_err().field, "hours");
    kept.logs(3, "watch", 8).unwrap();
    assert!(kept.logs(3, "mend", 5).unwrap_err().what.contains("more than 12 hours"));
    let withdrawn = kept.logs(3, "mend", 4).unwrap();
    kept.does("ana", Side::Apprentice, Deed::Withdrawn { line: withdrawn }).unwrap();
    kept.logs(3, "mend", 3).unwrap();
}

#[test]
fn a_number_that_somebody_could_be_known_by_is_refused_and_a_date_is_not() {
    for (text, found) in [
        ("Moved 20 messages on 2031-09-03", None),
        ("Room 4W, bed 12, 3 of 14", None),
        ("Called about 00482913", Some("00482913")),
        ("SSN 123-45-6789.", Some("123-45-6789")),
        ("MRN0012345 merged", Some("MRN0012345")),
    ] {
        assert_eq!(identifier(text), found, "{text}");
    }
    let mut kept = Kept::begun();
    let what = "Looked at chart 00482913".to_owned();
    let deed = Deed::Logged { day: date(2031, 9, 3), at: "watch".to_owned(), minutes: 60, what };
    assert!(kept.does("ana", Side::Apprentice, deed).unwrap_err().what.contains("00482913"));
}

#[test]
fn nobody_signs_their_own_hours_and_nobody_else_than_the_supervisor_signs() {
    let mut kept = Kept::begun();
    let line = kept.logs(3, "watch", 8).unwrap();
    let sign = || Deed::Signed { week: date(2031, 9, 1), lines: vec![line], words: String::new() };
    assert!(kept.does("ana", Side::Supervisor, sign()).unwrap_err().what.contains("nobody signs their own"));
    for side in [Side::Apprentice, Side::Office] {
        assert!(kept.does("olga", side, sign()).unwrap_err().what.contains("somebody else"), "{side:?}");
    }
    let other = Deed::Signed { week: date(2031, 9, 8), lines: vec![line], words: String::new() };
    assert!(kept.does("sam", Side::Supervisor, other).unwrap_err().what.contains("another week"));
    kept.does("sam", Side::Supervisor, sign()).unwrap();
    assert!(kept.does("sam", Side::Supervisor, sign()).unwrap_err().what.contains("does not wait"), "once");
    let mut own = super::given::agreement();
    own.supervisor = own.apprentice.clone();
    assert_eq!(own.check(&kept.schedule).unwrap_err().field, "supervisor");
}

#[test]
fn a_signed_line_is_mended_only_by_a_correction_that_is_signed_too() {
    let mut kept = Kept::begun();
    let line = kept.logs(3, "watch", 8).unwrap();
    assert!(
        kept.does("ana", Side::Apprentice, correction(line, 60)).unwrap_err().what.contains("not signed")
    );
    kept.signs(&[line]).unwrap();
    let back = kept.does("ana", Side::Apprentice, Deed::Withdrawn { line });
    assert!(back.unwrap_err().what.contains("is signed and stays"));
    let mended = kept.does("ana", Side::Apprentice, correction(line, 7 * 60)).unwrap();
    assert_eq!(kept.progress().job_minutes, 8 * 60, "until it is signed the old line counts");
    assert!(kept.does("ana", Side::Apprentice, correction(line, 60)).unwrap_err().what.contains("waits"));
    kept.signs(&[mended]).unwrap();
    let record = kept.record();
    assert_eq!(record.line(line).unwrap().state, LineState::Mended(mended));
    assert_eq!(record.line(mended).unwrap().corrects.as_ref().unwrap().0, line);
    assert_eq!(kept.progress().job_minutes, 7 * 60);
    assert!(
        kept.does("ana", Side::Apprentice, correction(line, 60)).unwrap_err().what.contains("was mended by")
    );
    let undone = kept.does("ana", Side::Apprentice, correction(mended, 0)).unwrap();
    kept.signs(&[undone]).unwrap();
    assert_eq!(kept.progress().job_minutes, 0, "a correction may say that it did not happen");
}

#[test]
fn a_line_that_is_given_back_waits_for_the_apprentice() {
    let mut kept = Kept::begun();
    let line = kept.logs(3, "watch", 8).unwrap();
    kept.does("sam", Side::Supervisor, Deed::Returned { line, why: "You were on leave".to_owned() }).unwrap();
    assert!(kept.signs(&[line]).is_err());
    let dues = dues(&kept.record(), &kept.schedule, &kept.rules, kept.today);
    assert!(dues.iter().any(|due| due.matter == Matter::Mend(line)), "{dues:?}");
    kept.does("ana", Side::Apprentice, Deed::Withdrawn { line }).unwrap();
    kept.logs(3, "watch", 4).unwrap();
}

#[test]
fn nothing_is_entrusted_unseen() {
    let mut kept = Kept::begun();
    let deed = |level, seen, competency: &str| {
        let (competency, words) = (competency.to_owned(), "Did it alone".to_owned());
        Deed::Entrusted(Entrusted { competency, level, seen, words })
    };
    for (level, seen, competency) in [(4, 0, "x.find"), (6, 1, "x.find"), (0, 1, "x.find"), (3, 1, "x.other")]
    {
        assert!(kept.does("sam", Side::Supervisor, deed(level, seen, competency)).is_err(), "{level} {seen}");
    }
    kept.does("sam", Side::Supervisor, deed(1, 0, "x.find")).unwrap();
    kept.does("sam", Side::Supervisor, deed(4, 2, "x.find")).unwrap();
    assert_eq!(kept.progress().trust[0].level, Some(4), "the newest decision counts");
}

#[test]
fn an_employer_reports_once_how_long_onboarding_took() {
    let mut kept = Kept::begun();
    kept.today = date(2031, 10, 1);
    let reports = |days, usual_days| Deed::Onboarded(Onboarding { days, usual_days });
    for (days, usual_days, field) in
        [(0, 60, "days"), (20, 0, "usual_days"), (31, 60, "days"), (900, 60, "days")]
    {
        let refusal = kept.does("olga", Side::Office, reports(days, usual_days)).unwrap_err();
        assert_eq!(refusal.field, field, "{days} {usual_days}: {refusal}");
    }
    assert!(kept.does("sam", Side::Supervisor, reports(20, 60)).is_err(), "the employer's office says so");
    kept.does("olga", Side::Office, reports(30, 60)).unwrap();
    assert!(kept.does("olga", Side::Office, reports(20, 60)).unwrap_err().what.contains("stays"));
    assert_eq!(kept.record().onboarding, Some(Onboarding { days: 30, usual_days: 60 }));
}

#[test]
fn whoever_changes_an_entry_is_seen() {
    let mut kept = Kept::begun();
    kept.logs(3, "watch", 8).unwrap();
    kept.logs(4, "watch", 8).unwrap();
    assert_eq!(broken_at(&kept.entries), None);
    for (at, change) in [
        (0, (|entry| entry.body = entry.body.replace("2000", "9000")) as fn(&mut Entry)),
        (2, |entry| entry.by = "bo".to_owned()),
        (3, |entry| entry.at_us += 1),
        (3, |entry| entry.seq = 9),
    ] {
        let mut entries = kept.entries.clone();
        change(&mut entries[at]);
        assert_eq!(Record::of(&entries).unwrap_err(), Unreadable::Broken(at as u64 + 1));
    }
    let mut without = kept.entries.clone();
    without.remove(1);
    assert_eq!(Record::of(&without).unwrap_err(), Unreadable::Broken(2));
}
