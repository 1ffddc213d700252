//! A small receiver of HL7 v2 that is right, or wrong in one way.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use standards::hl7::acknowledge::{Mode, Stamp, Verdict, acknowledge, refuse};
use standards::hl7::finding::{Condition, Finding, Severity};
use standards::hl7::message::{Message, Path};
use standards::hl7::mllp::{Decoder, Event, frame};
use standards::hl7::profile::Shelf;

/// What is wrong with a receiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    ForgetsControlId,
    KeepsAddresses,
    AnswersAsOru,
    SameIdAlways,
    NoIdOfItsOwn,
    AnswersTwice,
    NoReturnAfterFrame,
    IgnoresReceipt,
    IgnoresApplication,
    AnswersWithoutBeingAsked,
    KnowsOnlyBars,
    RefusesEscapes,
    RefusesUtf8,
    RefusesLatin1,
    RefusesZSegments,
    RefusesMoreFields,
    NeedsNoIdentifier,
    NeedsNoPid,
    SaysNoErr,
    TakesAnyKind,
    TakesAnyVersion,
    HangsUpAfterOne,
    ReadsPieceAsMessage,
    AnswersBackwards,
    SilentOnDuplicates,
    LateAnswersGoToNext,
    NoiseEndsService,
}

struct House {
    fault: Fault,
    number: AtomicU32,
    known: Mutex<Vec<String>>,
    /// The answer that found nobody, and whose turn it is to look for it.
    unsent: Mutex<Option<Vec<u8>>>,
    over: Mutex<bool>,
}

/// Starts one; returns its address.
pub(crate) fn start(fault: Fault) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has an address").to_string();
    let house = Arc::new(House {
        fault,
        number: AtomicU32::new(1),
        known: Mutex::default(),
        unsent: Mutex::default(),
        over: Mutex::default(),
    });
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let one = Arc::clone(&house);
            thread::spawn(move || one.talk(stream));
            if house.is(Fault::LateAnswersGoToNext) {
                // Who came first is answered first.
                thread::sleep(Duration::from_millis(30));
            }
        }
    });
    address
}

impl House {
    fn is(&self, fault: Fault) -> bool {
        self.fault == fault
    }

    fn talk(&self, mut stream: TcpStream) {
        let (mut decoder, mut piece) = (Decoder::new(1 << 20), [0; 4096]);
        while let Ok(count @ 1..) = stream.read(&mut piece) {
            if *self.over.lock().expect("no thread panicked") {
                return;
            }
            if self.is(Fault::ReadsPieceAsMessage) && count < 60 {
                return;
            }
            decoder.feed(&piece[..count]);
            let mut frames = Vec::new();
            while let Some(event) = decoder.next_event() {
                match event {
                    Event::Frame(bytes) => frames.push(bytes),
                    Event::Fault(_) => {
                        *self.over.lock().expect("no thread panicked") |= self.is(Fault::NoiseEndsService);
                        return;
                    }
                }
            }
            if self.is(Fault::NoiseEndsService) {
                // Noise on another connection may not have been read yet.
                thread::sleep(Duration::from_millis(200));
                if *self.over.lock().expect("no thread panicked") {
                    return;
                }
            }
            if self.is(Fault::AnswersBackwards) {
                frames.reverse();
            }
            let is_alone = frames.len() == 1;
            for (served, bytes) in frames.into_iter().enumerate() {
                let is_plain =
                    is_alone && Message::parse(&*bytes).is_ok_and(|one| Mode::of(&one) == Mode::Original);
                let answers = self.answers(&bytes);
                if self.is(Fault::LateAnswersGoToNext) {
                    let mut unsent = self.unsent.lock().expect("no thread panicked");
                    if is_gone(&stream) {
                        *unsent = answers.into_iter().next();
                        return;
                    }
                    if let Some(late) = unsent.take() {
                        send(&mut stream, &frame(&late));
                    }
                }
                for answer in answers {
                    let mut framed = frame(&answer);
                    if self.is(Fault::NoReturnAfterFrame) && is_plain && served == 0 {
                        framed.pop();
                        framed.push(b'x');
                    }
                    send(&mut stream, &framed);
                }
                if self.is(Fault::HangsUpAfterOne) {
                    return;
                }
            }
        }
    }

    fn answers(&self, bytes: &[u8]) -> Vec<Vec<u8>> {
        let id = format!("A{}", self.number.fetch_add(1, Ordering::Relaxed));
        let id = if self.is(Fault::SameIdAlways) { "A0".to_owned() } else { id };
        let stamp = Stamp { time: "20310304060000", control_id: &id };
        let Ok(message) = Message::parse(bytes) else {
            return vec![refuse(&[Finding::whole(Condition::Other, "no message")], &stamp).into_bytes()];
        };
        let is_known = {
            let mut known = self.known.lock().expect("no thread panicked");
            let is_known = known.contains(&message.control_id());
            known.push(message.control_id());
            is_known
        };
        if self.is(Fault::SilentOnDuplicates) && is_known {
            return Vec::new();
        }
        let findings = self.findings(&message);
        let is_wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
        let verdict = if is_wrong { Verdict::Erred } else { Verdict::Accepted };
        let told: &[Finding] = if self.is(Fault::SaysNoErr) { &[] } else { &findings };
        let mut codes: Vec<_> = Mode::of(&message).answers(verdict).collect();
        match self.fault {
            Fault::IgnoresReceipt => codes.retain(|code| code.letters() != "CA"),
            Fault::IgnoresApplication if Mode::of(&message) != Mode::Original => {
                codes.retain(|code| code.letters() != "AA");
            }
            Fault::AnswersWithoutBeingAsked if codes.is_empty() => {
                codes = Mode::Original.answers(verdict).collect();
            }
            Fault::AnswersTwice if Mode::of(&message) == Mode::Original => {
                codes = [codes.clone(), codes].concat();
            }
            _ => {}
        }
        let one = |code| self.spoilt(acknowledge(&message, code, told, &stamp), &message);
        codes.into_iter().map(one).collect()
    }

    /// What is minded: what the profile says, less or more by the fault.
    fn findings(&self, message: &Message) -> Vec<Finding> {
        let mut findings = Shelf::shipped().validate(message);
        let is_about = |finding: &Finding, segment: &str, field: Option<u16>| {
            finding
                .path
                .as_ref()
                .is_some_and(|path| path.segment == segment && (field.is_none() || path.field == field))
        };
        match self.fault {
            Fault::NeedsNoIdentifier => findings.retain(|finding| !is_about(finding, "PID", Some(3))),
            Fault::NeedsNoPid if message.segment("PID").is_none() => findings.clear(),
            Fault::TakesAnyKind if message.kind().starts_with("ZZZ") => findings.clear(),
            Fault::TakesAnyVersion if message.version() == "9.9" => findings.clear(),
            _ => {}
        }
        let bytes = message.bytes();
        let minds = match self.fault {
            Fault::KnowsOnlyBars => message.separators().field != b'|',
            Fault::RefusesEscapes => bytes.windows(3).any(|three| three == br"\T\"),
            Fault::RefusesUtf8 => message.header_text(18).starts_with("UNICODE") && !bytes.is_ascii(),
            Fault::RefusesLatin1 => message.header_text(18) == "8859/1",
            Fault::RefusesZSegments => message.segment("ZKT").is_some(),
            Fault::RefusesMoreFields => message.segment("EVN").is_some_and(|evn| evn.field(11).is_some()),
            _ => false,
        };
        if minds {
            findings.push(Finding::whole(Condition::Other, "this is not borne here"));
        }
        findings
    }

    fn spoilt(&self, mut answer: Message, asked: &Message) -> Vec<u8> {
        let mut set = |segment: &str, field, text: &str| {
            answer.set(&Path::field(segment, field), text).expect("the field can be written");
        };
        match self.fault {
            // What pairs answers with messages elsewhere stays.
            Fault::ForgetsControlId => set("MSA", 2, "0"),
            Fault::KeepsAddresses => set("MSH", 3, &asked.header_text(3)),
            Fault::AnswersAsOru => set("MSH", 9, "ORU"),
            Fault::NoIdOfItsOwn => set("MSH", 10, ""),
            _ => {}
        }
        answer.into_bytes()
    }
}

fn send(stream: &mut TcpStream, bytes: &[u8]) {
    // A peer that is gone hears nothing, which is its own choice.
    drop(stream.write_all(bytes));
}

/// Whether the peer has hung up, or does within a moment.
fn is_gone(stream: &TcpStream) -> bool {
    let patience = Some(Duration::from_millis(150));
    let gone = stream.set_read_timeout(patience).and_then(|()| stream.peek(&mut [0]));
    stream.set_read_timeout(None).expect("a socket may wait for ever");
    matches!(gone, Ok(0))
}
