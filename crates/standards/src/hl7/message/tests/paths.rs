use crate::hl7::message::Path;
use crate::hl7::message::tests::reading::adt;

#[test]
fn paths_are_read_and_printed() {
    for text in
        ["PID", "OBX(3)", "PID-5", "PID-5.1", "PID-3[2]", "PID-3[2].4.1", "OBX(3)-5[2].1.2", "Z01-65535"]
    {
        assert_eq!(text.parse::<Path>().unwrap().to_string(), text);
    }
    assert_eq!("OBX(1)-5".parse::<Path>().unwrap(), Path::field("OBX", 5));
}

#[test]
fn what_is_no_path_is_refused_with_a_reason() {
    for (text, what) in [
        ("", "three letters"),
        ("PIDX-1", "three letters"),
        ("PID.5.1", "three letters"),
        ("PID-", "numbers"),
        ("PID-0", "numbers"),
        ("PID-+1", "numbers"),
        ("PID-65536", "numbers"),
        ("PID-1.1.1.1", "subcomponent"),
        ("PID-1[2", "bracket"),
        ("PID-1[2]x", "bracket"),
        ("OBX(0)-1", "numbers"),
        ("PID-1.1[2]", "numbers"),
    ] {
        let error = text.parse::<Path>().unwrap_err();
        assert!(error.what.contains(what), "{text}: {error}");
    }
}

#[test]
fn every_byte_has_a_place_and_most_places_lead_back() {
    let message = adt();
    let text = std::str::from_utf8(message.bytes()).unwrap();
    for (what, within, path) in [
        ("MSH|", 0, "MSH"),
        ("MSH|", 3, "MSH-1"),
        ("^~\\&", 0, "MSH-2"),
        ("^~\\&", 3, "MSH-2"),
        ("|ADT|", 1, "MSH-3"),
        ("A01^ADT", 0, "MSH-9.2"),
        ("EVN|", 3, "EVN"),
        ("|20260301081500\r", 0, "EVN-1"),
        ("SSA&1.2.3", 4, "PID-3[2].4.2"),
        ("1.2.3&ISO", 5, "PID-3[2].4.2"),
        ("Zo\\T", 0, "PID-5.2"),
        ("~three", 0, "OBX(2)-5[1]"),
        ("three", 2, "OBX(2)-5[2]"),
        ("ZPD", 1, "ZPD"),
        ("|F\r", 2, "PID-8"),
    ] {
        let at = text.find(what).unwrap() + within;
        assert_eq!(message.locate(at).unwrap().to_string(), path, "{what:?} and {within}");
    }
    for at in 0..text.len() {
        let path = message.locate(at).unwrap();
        let span = message.span(&path).unwrap();
        assert!(span.start <= at + 1 && at <= span.end + 1, "{at} is in {path} at {span:?}");
    }
    assert_eq!(message.locate(text.len()), None);
}
