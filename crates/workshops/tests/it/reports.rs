//! The after-action report.

use workshops::report::{Held, Rating, after_action, decisions_csv, markdown, plan_csv};
use workshops::run::Act;

use crate::small::{Table, decided, sbar, share};

fn held() -> Held {
    Held { day: "2031-03-04".to_owned(), facilitator: "FAY".to_owned(), onlookers: Vec::new() }
}

fn played(option: &str, closes: bool) -> Table {
    let mut table = Table::laid();
    table.act("fay", Act::Next { after: None }).unwrap();
    table.act("fay", Act::Next { after: None }).unwrap();
    table.act("nils", share("ward", None)).unwrap();
    table.act("nils", Act::HandOff { to: "engineer".to_owned(), sbar: sbar("x") }).unwrap();
    if closes {
        let number = Some(table.run.play.hand_offs[0].number);
        table.act("emil", Act::ReadBack { number, text: "x r".to_owned() }).unwrap();
        table.act("nils", Act::Confirm { number, right: true }).unwrap();
    }
    table.minute = 5;
    table.act("cleo", decided("go", option, &["ward"])).unwrap();
    table.act("fay", Act::End).unwrap();
    table
}

#[test]
fn a_rating_is_proposed_from_what_was_decided_and_handed_over() {
    let rating = |table: &Table| after_action(&table.case, &table.run, &held()).analysis[0].rating;
    assert_eq!(rating(&played("no", true)), Rating::P);
    assert_eq!(rating(&played("no", false)), Rating::M);
    assert_eq!(rating(&played("yes", false)), Rating::U);
}

#[test]
fn what_was_kept_and_what_was_open_becomes_a_draft_of_the_plan() {
    let table = played("yes", false);
    let report = after_action(&table.case, &table.run, &held());
    let issues: Vec<&str> = report.plan.iter().map(|row| row.issue.as_str()).collect();
    assert!(
        issues.iter().any(|issue| issue.contains("Known to the clerk and in no decision: SECRET office"))
    );
    assert!(issues.iter().any(|issue| issue.contains("The loop was never closed")));
    assert!(issues.iter().any(|issue| issue.contains("1 of 3 facts")), "{issues:?}");
    assert!(report.plan.iter().all(|row| row.drafted));
}

#[test]
fn the_files_hold_what_people_wrote_as_text() {
    let mut table = played("no", true);
    let improve = Act::Improve {
        issue: "=HYPERLINK(\"x\")".to_owned(),
        action: "<b>bold</b> | and\nmore".to_owned(),
        capability: "Operational coordination".to_owned(),
        owner: "nurse".to_owned(),
        due: "2031-04-30".to_owned(),
    };
    table.act("nils", improve).unwrap();
    let report = after_action(&table.case, &table.run, &held());
    let csv = plan_csv(&report);
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{csv}");
    let text = markdown(&report);
    assert!(text.contains("\\<b\\>bold\\</b\\> \\| and more"), "{text}");
    assert!(text.contains("Proposed rating: Performed without challenges."));
    let log = decisions_csv(&table.case, &table.run, &report);
    assert!(log.lines().nth(1).unwrap().starts_with("\"5\",\"Do we go?\",\"Wait.\""), "{log}");
}
