use crate::hl7::escape::EscapeError;
use crate::hl7::message::tests::reading::{ADT, adt, get};
use crate::hl7::message::{EditError, Level, Message};

fn edited(message: &str, path: &str, text: &str) -> String {
    let mut message = Message::parse(message).unwrap();
    message.set(&path.parse().unwrap(), text).unwrap();
    String::from_utf8(message.into_bytes()).unwrap()
}

#[test]
fn an_edit_changes_only_what_its_path_names() {
    for (path, text, before, after) in [
        ("PID-8", "M", "|F\r", "|M\r"),
        ("PID-5.2", "A|B", "^Zo\\T\\e^", "^A\\F\\B^"),
        ("PID-3[2]", "x", "~999-9^^^SSA&1.2.3&ISO^SS|", "~x|"),
        ("PID-3", "x", "|100200^^^MERCY^MR~999-9^^^SSA&1.2.3&ISO^SS|", "|x|"),
        ("PID-3.4.2", "9", "MERCY^MR", "MERCY&9^MR"),
        ("PID-3[4].2", "y", "ISO^SS|", "ISO^SS~~^y|"),
        ("PID-11.6.2", "y", "|F\r", "|F|||^^^^^&y\r"),
        ("OBX(2)-6", "a\nb", "three\r", "three|a\\.br\\b\r"),
        ("MSH-18", "UNICODE UTF-8", "|2.5.1\r", "|2.5.1||||||UNICODE UTF-8\r"),
        ("ZPD-2", "", "\"\"", ""),
        ("ZPD-9.3", "", "^|\r", "^|\r"),
    ] {
        assert!(ADT.matches(before).count() == 1, "{before} is one place");
        assert_eq!(edited(ADT, path, text), ADT.replace(before, after), "{path}");
    }
}

#[test]
fn later_places_are_found_after_an_edit() {
    let mut message = adt();
    for (path, text) in [("PID-30", "long enough"), ("EVN-1", "A01"), ("OBX-5", "7"), ("PID-3[2].4.2", "")] {
        message.set(&path.parse().unwrap(), text).unwrap();
    }
    assert_eq!(get(&message, "OBX(2)-5").as_deref(), Some("one\ntwo"));
    assert_eq!(get(&message, "PID-30").as_deref(), Some("long enough"));
    assert_eq!(message, Message::parse(message.bytes()).unwrap());
}

#[test]
fn segments_come_and_go() {
    let mut message = Message::parse("MSH|^~\\&|A\nPID|1").unwrap();
    message.add_segment("NTE|1||x").unwrap();
    message.insert_segment(1, "EVN|A01").unwrap();
    assert_eq!(message.bytes(), b"MSH|^~\\&|A\nEVN|A01\nPID|1\nNTE|1||x\n");
    assert_eq!(get(&message, "PID-1").as_deref(), Some("1"));
    message.remove_segment(2).unwrap();
    message.remove_segment(2).unwrap();
    assert_eq!(message.bytes(), b"MSH|^~\\&|A\nEVN|A01\n");
    message.set(&"EVN-2".parse().unwrap(), "x").unwrap();
    assert_eq!(message, Message::parse(message.bytes()).unwrap());
}

#[test]
fn a_batch_header_without_separators_takes_no_fields() {
    let mut message = Message::parse("MSH|^~\\&|A\rBHS").unwrap();
    let error = message.set(&"BHS-3".parse().unwrap(), "x").unwrap_err();
    assert_eq!(error, EditError::Fixed { path: "BHS-3".to_owned() });
}

#[test]
fn raw_bytes_bring_their_own_separators() {
    let mut message = adt();
    message.set_raw(&"PID-5".parse().unwrap(), b"A^B~C^D").unwrap();
    assert_eq!(get(&message, "PID-5[2].2").as_deref(), Some("D"));
    let error = message.set_raw(&"PID-5[1]".parse().unwrap(), b"A~B").unwrap_err();
    assert_eq!(error, EditError::Divides { byte: b'~', level: Level::Repetition });
    assert!(message.set_raw(&"PID-5.1".parse().unwrap(), b"A^B").is_err());
    assert!(message.set_raw(&"PID-5.1".parse().unwrap(), b"A\r").is_err());
    message.set_raw(&"PID-5.1".parse().unwrap(), b"A&B").unwrap();
    assert_eq!(get(&message, "PID-5.1.2").as_deref(), Some("B"));
}

#[test]
fn what_cannot_be_edited_stays_and_says_why() {
    let mut message = Message::parse("MSH|^|A|||||||||||||||ASCII\rPID|1").unwrap();
    let before = message.clone();
    let path = |text: &str| text.parse().unwrap();
    let foreign = EditError::Text(EscapeError::Foreign { letter: 'ë', charset: "ASCII".to_owned() });
    for (edit, error) in [
        (message.set(&path("PID-5"), "Zoë"), foreign),
        (message.set(&path("PID-5"), "a|b"), EditError::Text(EscapeError::NoEscape { letter: '|' })),
        (message.set(&path("PID-3[2]"), "x"), EditError::NoSeparator { level: Level::Repetition }),
        (message.set(&path("NK1-1"), "x"), EditError::NoSegment { segment: "NK1".to_owned(), occurrence: 1 }),
        (message.set(&path("PID"), "x"), EditError::WholeSegment { path: "PID".to_owned() }),
        (message.set(&path("MSH-2"), "x"), EditError::Fixed { path: "MSH-2".to_owned() }),
        (message.insert_segment(0, "EVN|"), EditError::Header),
        (message.add_segment("MSH|^"), EditError::Header),
        (message.add_segment("EVN|1\rPID|"), EditError::NotSegment),
        (message.add_segment("words"), EditError::NotSegment),
        (message.remove_segment(0), EditError::Header),
        (message.remove_segment(9), EditError::NoIndex { index: 9, count: 2 }),
    ] {
        assert_eq!(edit, Err(error));
    }
    assert_eq!(message, before);
}
