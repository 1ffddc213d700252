//! A message: any bytes are refused or print back; they are judged, edited and acknowledged without a fall.
#![no_main]

use libfuzzer_sys::fuzz_target;
use standards::hl7::acknowledge::{Code, Mode, Stamp, Verdict, acknowledge};
use standards::hl7::batch::Batch;
use standards::hl7::message::{Message, Path};
use standards::hl7::profile::Shelf;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(batch) = Batch::parse(bytes) {
        assert_eq!(batch.bytes(), bytes);
        let _ = batch.remarks();
    }
    let Ok(message) = Message::parse(bytes) else { return };
    assert_eq!(message.bytes(), bytes, "what is parsed prints back");
    let _ = message.remarks();
    for at in 0..bytes.len() {
        if let Some(path) = message.locate(at).filter(|path| path.segment.len() == 3) {
            assert!(message.find(&path).is_some(), "{path} was located and is not found");
        }
    }
    let findings = Shelf::shipped().validate(&message);
    for finding in &findings {
        assert!(finding.at.is_none_or(|at| at <= bytes.len()), "{finding:?} points past the end");
    }
    let _ = Mode::of(&message).answers(Verdict::Erred).count();
    let stamp = Stamp { time: "20260301081500", control_id: "1" };
    let answer = acknowledge(&message, Code::Application(Verdict::Erred), &findings, &stamp);
    assert_eq!(Message::parse(answer.bytes()).expect("an answer is a message"), answer);
    edit(message);
});

/// Writes into every segment; what is written is read back.
fn edit(mut message: Message) {
    let names: Vec<String> = message.segments().map(|segment| segment.name().to_owned()).collect();
    for name in names.into_iter().filter(|name| name.len() == 3 && name != "MSH") {
        let path = Path { component: Some(2), ..Path::field(&name, 3) };
        if message.set(&path, "a|b^c").is_ok() {
            assert_eq!(message.get(&path).as_deref(), Some("a|b^c"));
        }
    }
}
