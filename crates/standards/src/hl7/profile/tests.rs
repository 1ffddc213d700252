use crate::hl7::finding::{Condition, Severity};
use crate::hl7::message::Message;
use crate::hl7::profile::{Node, Shelf, form};

const ADT: &str = "MSH|^~\\&|ADT|MERCY|EHR|X|20260301081500||ADT^A01^ADT_A01|1|P|2.5.1\rEVN||20260301081500\r\
    PID|1||100^^^MERCY^MR||Hara^Zoe^^^^^L||19800517|F\rPV1|1|I|4E^401^A||||||||||||||||V1^^^MERCY^VN|||||||||||||||||||||||||20260301\r";

/// The findings of a message as `path code severity`.
fn findings(text: &str) -> Vec<String> {
    let message = Message::parse(text).unwrap();
    let findings = Shelf::shipped().validate(&message);
    let shown = findings.iter().map(|finding| {
        let path = finding.path.as_ref().map(ToString::to_string).unwrap_or_default();
        assert!(finding.at.is_some_and(|at| at <= message.bytes().len()), "{finding:?}");
        format!("{path} {} {}", finding.condition.code("2.8"), finding.severity.code())
    });
    shown.collect()
}

#[test]
fn what_ships_can_be_read_and_fits_together() {
    let shelf = Shelf::shipped();
    for elements in shelf.segments.values().chain(shelf.types.values()) {
        for element in elements.values() {
            assert!(element.table.as_ref().is_none_or(|number| shelf.table(number).is_some()), "{element:?}");
        }
    }
    for structure in shelf.structures() {
        assert!(structure.segments.begins("MSH"), "{}", structure.name);
        for (segment, field) in structure.usages.keys() {
            assert!(
                structure.segments.holds(segment) && shelf.field(segment, *field).is_some(),
                "{segment}-{field}"
            );
        }
    }
}

#[test]
fn a_good_message_has_no_findings() {
    assert_eq!(findings(ADT), Vec::<String>::new());
    assert_eq!(findings(&ADT.replace("PV1|", "ZPD|x\rPV1|")), Vec::<String>::new());
    assert_eq!(findings(&ADT.replace("|F\r", "|\"\"\r")), Vec::<String>::new());
}

#[test]
fn each_kind_of_mistake_is_found_where_it_is() {
    for (from, to, found) in [
        ("EVN||20260301081500\r", "", "EVN 100 E"),
        ("EVN||", "IAM|1\rEVN||", "IAM 100 E"),
        ("PV1|", "PID|2||1^^^A\rPV1|", "PID(2) 100 E"),
        ("100^^^MERCY^MR", "", "PID-3 101 E"),
        ("100^^^MERCY", "^^^MERCY", "PID-3.1 101 E"),
        ("^MERCY^MR", "^MERCY&1.2&FOO^MR", "PID-3.4.3 103 E"),
        ("^MERCY^MR", "^MERCY&1.2^MR", "PID-3.4.3 101 E"),
        ("^^L|", "^^L~Hara^^^^^^XX|", "PID-5[2].7 103 E"),
        ("|19800517|", "|17.05.1980|", "PID-7.1 102 E"),
        ("|19800517|", "|19800230|", "PID-7.1 102 E"),
        ("|F\r", "|W\r", "PID-8 103 E"),
        ("|1|I|4E", "|A|I|4E", "PV1-1 102 E"),
        ("|1|I|4E^401^A||", "|1|I|4E^401^A~4F|R|", "PV1-3 198 E"),
        ("|1|I|4E^401^A||", "|1|I|4E^401^A|XX|", "PV1-4 103 W"),
        ("|P|2.5.1", "|Q|2.5.1", "MSH-11.1 202 E"),
        ("|P|2.5.1", "|P|3.0", "MSH-12.1 203 E"),
        ("ADT^A01^", "ADT^A99^", "MSH-9.2 201 E"),
        ("ADT^A01^", "XYZ^A01^", "MSH-9.1 200 E"),
        ("|1|P|", "||P|", "MSH-10 101 E"),
    ] {
        assert_eq!(ADT.matches(from).count(), 1, "{from}");
        let all = findings(&ADT.replace(from, to));
        assert!(all.iter().any(|finding| finding == found), "{to}: {all:?} lacks {found}");
    }
}

#[test]
fn conditions_decide_what_is_required() {
    let oru = "MSH|^~\\&|L|M|E|X|20260301||ORU^R01|1|P|2.5.1\rPID|||1^^^M||A\rOBR|1||F1|718-7|||20260301||||||||||||||||||F\r\
        OBX|1|NM|718-7||13.5||||||F\r";
    assert_eq!(findings(oru), Vec::<String>::new());
    assert_eq!(findings(&oru.replace("|NM|", "||")), ["OBX-2 101 E"]);
    assert_eq!(findings(&oru.replace("13.5", "high")), ["OBX-5 102 E"]);
    assert_eq!(findings(&oru.replace("13.5", "")), ["OBX-5 101 E"]);
    assert_eq!(findings(&oru.replace("13.5||||||F", "||||||X")), Vec::<String>::new());
    assert_eq!(findings(&oru.replace("|||||||||||F\r", "|||||||||||\r")), ["OBR-25 101 E"]);
}

#[test]
fn simple_types_have_forms() {
    for (kind, good, bad) in [
        ("NM", &["1", "-1.50", "+.5", "3."][..], &["", ".", "1e3", "1,5", "--1", "<5"][..]),
        ("SI", &["1", "0012"], &["", "12345", "-1", "a"]),
        ("DT", &["2026", "202602", "20240229"], &["20260229", "202613", "2026-03-01", "202603010815", "26"]),
        (
            "DTM",
            &["2026", "2026030108", "20260301081500.1234", "202603010815+0100", "20260301081500-0500"],
            &[
                "20260301081",
                "202603012415",
                "20260301081560",
                "2026030108+1",
                "2026+0100",
                "20260301081500.12345",
                "",
            ],
        ),
        ("TM", &["08", "0815", "081500.5+0100"], &["8", "2415", "0815.5"]),
        ("ST", &["anything"], &[]),
    ] {
        for text in good {
            assert_eq!(form::mistake(kind, text), None, "{kind} {text}");
        }
        for text in bad {
            assert!(form::mistake(kind, text).is_some(), "{kind} {text}");
        }
    }
}

#[test]
fn a_date_with_letters_of_two_bytes_is_a_mistake_and_no_panic() {
    for text in ["2026030é1", "é", "08é5", "20260301+01é"] {
        assert!(form::mistake("DTM", text).is_some() && form::mistake("TM", text).is_some(), "{text}");
    }
}

#[test]
fn files_with_mistakes_are_refused_with_their_place() {
    let read =
        |messages: &str, segments: &str| Shelf::read(messages, segments, "", "").unwrap_err().to_string();
    let structure = |segments: &str| format!("[X]\ncode = \"X\"\ntriggers = []\nsegments = \"{segments}\"\n");
    assert!(read("nothing", "").starts_with("messages"));
    for (segments, what) in [
        ("MSH [PID", "not closed"),
        ("MSH ]", "closes nothing"),
        ("MSH []", "nothing"),
        ("MSHX", "no segment"),
        ("<MSH", "choice"),
    ] {
        assert!(segments.parse::<Node>().is_err());
        let error = read(&structure(segments), "");
        assert!(error.contains(what) && error.contains("X:"), "{error}");
    }
    for (entry, what) in [
        ("1 = { type = \"ST\", usage = \"Q\" }", "no usage"),
        ("1 = { type = \"ST\", usage = \"C(R/O)\" }", "no usage"),
        ("1 = { type = \"ST\", usage = \"R\", when = \"2 is I\" }", "goes with"),
        ("1 = { type = \"ST\", usage = \"C(R/O)\", when = \"sometimes\" }", "no condition"),
        ("1 = { type = \"ST\", max = \"many\" }", "max is"),
        ("a = { type = \"ST\" }", "number"),
    ] {
        let error = read("", &format!("[PID]\n{entry}"));
        assert!(error.contains(what) && error.contains("PID-"), "{error}");
    }
    let fields = structure("MSH") + "fields = { \"PV1\" = \"R\" }";
    assert!(read(&fields, "").contains("PV1"));
}

#[test]
fn findings_can_be_put_into_an_acknowledgement() {
    let message = Message::parse(ADT.replace("|19800517|", "|then|")).unwrap();
    let findings = Shelf::shipped().validate(&message);
    let finding = &findings[0];
    assert_eq!((finding.condition, finding.severity), (Condition::DataType, Severity::Error));
    assert_eq!(&message.bytes()[finding.at.unwrap()..][..4], b"then");
    assert!(finding.text.contains("date of birth") && finding.text.contains("20260301"), "{}", finding.text);
}
