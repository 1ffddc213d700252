use crate::hl7::charset::Charset;
use crate::hl7::message::{Level, Message, ParseError};

pub(super) const ADT: &str = "MSH|^~\\&|ADT|MERCY|EHR|abcd2345|20260301081500||ADT^A01^ADT_A01|4711|P|2.5.1\r\
    EVN||20260301081500\r\
    PID|1||100200^^^MERCY^MR~999-9^^^SSA&1.2.3&ISO^SS||O'Hara^Zo\\T\\e^^^^^L||19800517|F\r\
    OBX|1|NM|718-7^Hemoglobin^LN||13.5|g/dL\r\
    OBX|2|TX|note||one\\.br\\two~three\r\
    ZPD|a|\"\"|^|\r";

pub(super) fn adt() -> Message {
    Message::parse(ADT).unwrap()
}

pub(super) fn get(message: &Message, path: &str) -> Option<String> {
    message.get(&path.parse().unwrap())
}

#[test]
fn values_are_found_by_path() {
    let message = adt();
    for (path, text) in [
        ("MSH-1", "|"),
        ("MSH-2", "^~\\&"),
        ("MSH-2.1", "^~\\&"),
        ("MSH-3", "ADT"),
        ("MSH-9.2", "A01"),
        ("PID-3", "100200"),
        ("PID-3.5", "MR"),
        ("PID-3[2]", "999-9"),
        ("PID-3[2].4.2", "1.2.3"),
        ("PID-3[2].4", "SSA"),
        ("PID-5", "O'Hara"),
        ("PID-5.2", "Zo&e"),
        ("OBX-5", "13.5"),
        ("OBX(2)-5", "one\ntwo"),
        ("OBX(2)-5[2]", "three"),
        ("ZPD-2", "\"\""),
    ] {
        assert_eq!(get(&message, path).as_deref(), Some(text), "{path}");
    }
    for path in ["PID-4", "PID-99", "PID-5.9", "PID-3[3]", "NK1-1", "OBX(3)-1", "ZPD-3", "MSH-2.2", "ZPD"] {
        assert_eq!(get(&message, path), None, "{path}");
    }
    assert_eq!(
        (message.kind(), message.control_id(), message.version()),
        ("ADT^A01".into(), "4711".into(), "2.5.1".into())
    );
}

#[test]
fn parts_know_their_bytes_and_level() {
    let message = adt();
    let field = message.segment("PID").unwrap().field(3).unwrap();
    assert_eq!(field.parts().count(), 2);
    let authority = field.repetition(2).unwrap().component(4).unwrap();
    assert_eq!((authority.bytes(), authority.level()), (&b"SSA&1.2.3&ISO"[..], Level::Component));
    assert_eq!(authority.subcomponent(3).unwrap().text(), "ISO");
    let site = message.segment("ZPD").unwrap();
    assert!(site.field(2).unwrap().is_null());
    assert!(site.field(3).unwrap().is_empty() && site.field(4).unwrap().is_empty());
    assert_eq!(site.fields().count(), 4);
    assert_eq!(message.segments_named("OBX").map(|segment| segment.occurrence()).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn bytes_that_are_no_message_are_refused_with_a_reason() {
    for (bytes, what) in [
        (&b""[..], "begins with the segment MSH"),
        (b"PID|1", "PID|1"),
        (b"\xEF\xBB\xBFHello", "Hello"),
        (b"MSH", "names its separators"),
        (b"MSHA^~\\&A", "`A` cannot be a separator"),
        (b"MSH\r", "0x0D cannot be a separator"),
        (b"MSH|^~x&|", "`x` cannot be a separator"),
        (b"MSH|^^\\&|", "`^` for two things"),
    ] {
        let error = Message::parse(bytes).unwrap_err().to_string();
        assert!(error.contains(what), "{error}");
    }
    assert_eq!(Message::parse("MSH|^|^|").map(|message| message.header_text(3)), Ok(String::new()));
    assert_eq!(Message::parse("MSH"), Err(ParseError::NoSeparators));
}

#[test]
fn odd_separators_are_followed() {
    let message = Message::parse("MSH#*!?+#A#B*C+D!E?F?#\rPID###1!2").unwrap();
    for (path, text) in [("MSH-3", "A"), ("MSH-4.2.2", "D"), ("MSH-4[2]", "E#"), ("PID-3[2]", "2")] {
        assert_eq!(get(&message, path).as_deref(), Some(text), "{path}");
    }
    let bare = Message::parse("MSH|\rPID|1||a^b~c").unwrap();
    assert_eq!(get(&bare, "PID-3").as_deref(), Some("a^b~c"), "what is not declared does not separate");
    let cut = Message::parse("MSH|^~\\&#|A|\\P\\").unwrap();
    assert_eq!((cut.separators().truncation, get(&cut, "MSH-4").as_deref()), (Some(b'#'), Some("#")));
}

#[test]
fn segments_end_in_many_ways_and_keep_their_bytes() {
    for (bytes, names) in [
        ("MSH|^~\\&|\rPID|1\r", vec!["MSH", "PID"]),
        ("MSH|^~\\&|\nPID|1\nZZ1", vec!["MSH", "PID", "ZZ1"]),
        ("\u{feff}\r\n MSH|^~\\&|\r\n\r\nPID|1\r\n", vec!["MSH", "PID"]),
        // A line feed inside a text of a message whose segments end with CR.
        ("MSH|^~\\&|\rNTE|1||one\n\ntwo\rPID|1", vec!["MSH", "NTE", "PID"]),
        ("MSH|^~\\&|\rNTE|1||one\nPID|1\r", vec!["MSH", "NTE", "PID"]),
        ("MSH|^~\\&|\rNTE|1||one\n", vec!["MSH", "NTE"]),
        ("MSH|^~\\&|\nNTE|1||one\ntwo\n", vec!["MSH", "NTE", "two"]),
    ] {
        let message = Message::parse(bytes).unwrap();
        assert_eq!(message.segments().map(|segment| segment.name()).collect::<Vec<_>>(), names, "{bytes:?}");
        assert_eq!(message.bytes(), bytes.as_bytes());
    }
}

#[test]
fn text_is_read_in_the_character_set_of_the_header() {
    let mut bytes = b"MSH|^~\\&|A||||||ADT^A08|1|P|2.5.1||||||8859/1\rPID|1||||Zo\xEB".to_vec();
    let message = Message::parse(bytes.clone()).unwrap();
    assert_eq!((message.charset(), get(&message, "PID-5").as_deref()), (&Charset::Iso8859(1), Some("Zoë")));
    bytes.truncate(bytes.len() - 1);
    bytes.extend_from_slice("ë".as_bytes());
    let message = Message::parse(bytes).unwrap();
    assert_eq!(get(&message, "PID-5").as_deref(), Some("ZoÃ«"), "what is said is believed");
}
