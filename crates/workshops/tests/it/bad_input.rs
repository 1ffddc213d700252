//! What cannot be: each is told, and changes nothing.

use workshops::run::{Act, Refusal};

use crate::small::{Table, decided, sbar, share, vote};

#[test]
fn what_is_not_in_the_case_is_unknown() {
    let mut table = Table::laid();
    table.act("fay", Act::Next { after: None }).unwrap();
    table.act("fay", Act::Next { after: None }).unwrap();
    let before = table.run.clone();
    let nowhere = || "nowhere".to_owned();
    let acts = [
        Act::Say { to: Some(nowhere()), text: "x".to_owned() },
        share("nowhere", None),
        // Another's fact looks like none.
        share("office", None),
        share("later", None),
        decided("nowhere", "yes", &[]),
        decided("go", "nowhere", &[]),
        decided("go", "no", &["office"]),
        vote("nowhere", "x"),
        Act::HandOff { to: nowhere(), sbar: sbar("x") },
        Act::ReadBack { number: Some(99), text: "x".to_owned() },
        Act::Answer { answers: [("nowhere".to_owned(), 1)].into() },
        Act::Ask { of: nowhere() },
    ];
    for act in acts {
        let refused = table.act("nils", act.clone()).unwrap_err();
        assert!(matches!(refused, Refusal::Unknown { .. }), "{act:?}: {refused}");
    }
    assert_eq!(before, table.run);
}

#[test]
fn what_is_too_long_or_nothing_is_told() {
    let mut table = Table::laid();
    table.act("fay", Act::Next { after: None }).unwrap();
    let say = |text: &str| Act::Say { to: None, text: text.to_owned() };
    assert!(table.act("nils", say("  \n ")).unwrap_err().to_string().contains("write something"));
    let long = "ä".repeat(2_001);
    assert!(table.act("nils", say(&long)).unwrap_err().to_string().contains("2001 characters are too many"));
    table.act("nils", say(&"ä".repeat(2_000))).unwrap();
    let answers = [("state".to_owned(), 4)].into();
    assert!(matches!(table.act("nils", Act::Answer { answers }), Err(Refusal::Invalid(_))));
    assert!(matches!(table.act("fay", Act::Pass { minutes: 5 }), Ok(())));
    assert!(matches!(table.act("fay", Act::Pass { minutes: 0 }), Err(Refusal::Invalid(_))));
}

#[test]
fn who_has_no_role_may_speak_openly_and_nothing_else() {
    let mut table = Table::laid();
    table.act("fay", Act::Next { after: None }).unwrap();
    table.act("olga", Act::Say { to: None, text: "good morning".to_owned() }).unwrap();
    let private = Act::Say { to: Some("nurse".to_owned()), text: "psst".to_owned() };
    assert_eq!(table.act("olga", private), Err(Refusal::NoRole));
    assert_eq!(table.act("olga", share("ward", None)), Err(Refusal::NoRole));
}

#[test]
fn an_act_with_a_field_that_is_none_is_not_read() {
    let read = |text: &str| serde_json::from_str::<Act>(text);
    assert!(read(r#"{"do": "say", "text": "x"}"#).is_ok());
    assert!(read(r#"{"do": "say", "text": "x", "as": "facilitator"}"#).is_err());
    assert!(read(r#"{"do": "become-facilitator"}"#).is_err());
}
