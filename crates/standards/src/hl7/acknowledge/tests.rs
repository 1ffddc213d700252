use proptest::prelude::*;

use crate::hl7::acknowledge::{Code, Mode, Stamp, Verdict, When, acknowledge, refuse};
use crate::hl7::finding::{Condition, Finding};
use crate::hl7::message::Message;

const STAMP: Stamp<'_> = Stamp { time: "20260301081501", control_id: "A1" };

fn findings() -> Vec<Finding> {
    let path = "PID-3[2].4".parse().unwrap();
    vec![
        Finding::at(path, None, Condition::RequiredFieldMissing, "the authority is missing; add it"),
        Finding::whole(Condition::TooLong, "5 µg | too much"),
    ]
}

fn answer(version: &str, code: Code, findings: &[Finding]) -> String {
    let text = format!(
        "MSH|^~\\&|ADT|MERCY|EHR|abcd2345|20260301081500||ADT^A01^ADT_A01|47\\T\\11|T|{version}\rPID|1"
    );
    let message = acknowledge(&Message::parse(text).unwrap(), code, findings, &STAMP);
    String::from_utf8(message.into_bytes()).unwrap()
}

#[test]
fn an_acknowledgement_answers_the_sender_in_its_version() {
    let accepted = Code::Application(Verdict::Accepted);
    let erred = Code::Application(Verdict::Erred);
    assert_eq!(
        answer("2.5.1", accepted, &[]),
        "MSH|^~\\&|EHR|abcd2345|ADT|MERCY|20260301081501||ACK^A01^ACK|A1|T|2.5.1\rMSA|AA|47\\T\\11\r"
    );
    assert_eq!(
        answer("2.3", erred, &findings()),
        "MSH|^~\\&|EHR|abcd2345|ADT|MERCY|20260301081501||ACK^A01|A1|T|2.3\r\
         MSA|AE|47\\T\\11|the authority is missing; add it\r\
         ERR|PID^1^3^101&Required field missing&HL70357~^^^102&Value too long&HL70357\r"
    );
    assert_eq!(
        answer("2.7", erred, &findings()),
        "MSH|^~\\&|EHR|abcd2345|ADT|MERCY|20260301081501||ACK^A01^ACK|A1|T|2.7\r\
         MSA|AE|47\\T\\11\r\
         ERR||PID^1^3^2^4|101^Required field missing^HL70357|E||||the authority is missing; add it\r\
         ERR|||104^Value too long^HL70357|E||||5 µg \\F\\ too much\r"
    );
}

#[test]
fn an_acknowledgement_fits_odd_senders() {
    let message = Message::parse("MSH#\rPID#1").unwrap();
    let answer = acknowledge(&message, Code::Commit(Verdict::Rejected), &findings(), &STAMP);
    assert_eq!(
        String::from_utf8_lossy(answer.bytes()),
        "MSH######20260301081501##ACK#A1#P#2.5.1\rMSA#CR##the authority is missing; add it\r\
         ERR##PID#101#E####the authority is missing; add it\rERR###102#E####5 µg | too much\r"
    );
    let ascii = Message::parse("MSH|^~\\&|A||||||ADT^A08|1|P|2.8||||||ASCII\r").unwrap();
    let answer = acknowledge(&ascii, Code::Application(Verdict::Erred), &findings(), &STAMP);
    assert!(String::from_utf8_lossy(answer.bytes()).contains("5 ?g"));
}

#[test]
fn a_question_mark_may_separate_and_is_then_no_stand_in() {
    let message = Message::parse("MSH#?#A###20260301##ORU\r").unwrap();
    let finding = Finding::whole(Condition::DataType, "Is # allowed? No".to_owned());
    let stamp = Stamp { time: "20260301081501+0000", ..STAMP };
    let answer = acknowledge(&message, Code::Application(Verdict::Erred), &[finding], &stamp);
    assert!(String::from_utf8_lossy(answer.bytes()).contains("Is   allowed  No"), "{answer:?}");
    assert_eq!(Message::parse(answer.bytes()).unwrap(), answer);
}

#[test]
fn what_is_no_message_is_refused_with_a_reason() {
    let answer = refuse(&[Finding::whole(Condition::Other, "a message begins with MSH")], &STAMP);
    assert_eq!(
        String::from_utf8_lossy(answer.bytes()),
        "MSH|^~\\&|||||20260301081501||ACK^^ACK|A1|P|2.5.1\rMSA|AR||a message begins with MSH\r\
         ERR|||100^Other HL7 error^HL70357|E||||a message begins with MSH\r"
    );
}

#[test]
fn the_mode_says_which_acknowledgements_go_back() {
    use Verdict::{Accepted, Erred, Rejected};
    for (fields, verdict, codes) in [
        ("|", Accepted, vec!["AA"]),
        ("|", Erred, vec!["AE"]),
        ("AL|NE", Accepted, vec!["CA"]),
        ("AL|AL", Rejected, vec!["CR", "AR"]),
        ("NE|NE", Erred, vec![]),
        ("ER|SU", Accepted, vec!["AA"]),
        ("ER|SU", Erred, vec!["CE"]),
        ("|ER", Accepted, vec![]),
        ("AL|", Erred, vec!["CE"]),
    ] {
        let message = Message::parse(format!("MSH|^~\\&|||||||ADT^A01|1|P|2.5|||{fields}")).unwrap();
        let answers: Vec<&str> = Mode::of(&message).answers(verdict).map(Code::letters).collect();
        assert_eq!(answers, codes, "{fields} {verdict:?}");
    }
    let message = Message::parse("MSH|^~\\&|||||||ADT^A01|1|P|2.5|||SU|ER").unwrap();
    assert_eq!(Mode::of(&message), Mode::Enhanced { accept: When::OnSuccess, application: When::OnError });
    for letters in ["AA", "AE", "AR", "CA", "CE", "CR"] {
        assert_eq!(Code::of(letters).unwrap().letters(), letters);
    }
}

proptest! {
    #[test]
    fn any_message_has_an_acknowledgement(rest in "[|^~\\\\&#A-Z0-9.\r]{0,80}", header in "MSH[|#][\\^~\\\\&?+.:]{0,5}[|#]", text in ".*") {
        if let Ok(message) = Message::parse(header + &rest) {
            let finding = Finding::whole(Condition::DataType, text);
            let answer = acknowledge(&message, Code::Application(Verdict::Erred), &[finding], &STAMP);
            prop_assert_eq!(answer.raw(&"MSA-2".parse().unwrap()).unwrap_or_default(),
                message.raw(&"MSH-10".parse().unwrap()).unwrap_or_default());
            prop_assert_eq!(Message::parse(answer.bytes()).unwrap(), answer);
        }
    }
}
