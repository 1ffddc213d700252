//! Sending and hearing, as tests of this kit do it.

use std::time::{Duration, Instant};

use standards::hl7::message::{Message, Path};
use standards::hl7::mllp::Event;

use super::messages::{Answer, Draft};
use crate::model::{Body, Exchange, Protocol, Stop};
use crate::run::{Step, micros};
use crate::wire::Trouble;
use crate::wire::mllp::Connection;

/// How long to listen for something that must not come.
const QUIET: Duration = Duration::from_millis(700);

/// A new connection to the receiver.
pub(super) fn dial(step: &mut Step<'_>) -> Result<Connection, Stop> {
    step.may_ask()?;
    let address = step.value("url");
    let address = address.strip_prefix("mllp://").unwrap_or(&address).trim_end_matches('/').to_owned();
    match Connection::dial(&address, &step.limits()) {
        Ok(connection) => Ok(connection),
        Err(trouble) => {
            let at_us = step.now_us();
            let what = format!("connect to {address}");
            step.record(exchange(what, at_us, 0, b"", None, b"", Some(&trouble)));
            step.hear(Some(trouble)).and_then(|()| Err(Stop::Error("nobody answers".to_owned())))
        }
    }
}

/// Sends a message over a new connection and takes the one answer it must have.
pub(super) fn ask(step: &mut Step<'_>, draft: &Draft) -> Result<Answer, Stop> {
    ask_bytes(step, &draft.bytes())
}

/// The same with bytes.
pub(super) fn ask_bytes(step: &mut Step<'_>, bytes: &[u8]) -> Result<Answer, Stop> {
    let mut connection = dial(step)?;
    converse(step, &mut connection, bytes)
}

/// Sends a message over a connection and takes the answer.
pub(super) fn converse(
    step: &mut Step<'_>,
    connection: &mut Connection,
    bytes: &[u8],
) -> Result<Answer, Stop> {
    let began = Instant::now();
    let at_us = step.now_us();
    let sent = connection.send(bytes);
    let heard = sent.and_then(|()| hear(connection, step.limits().exchange));
    finish(step, (at_us, began), bytes, heard)
}

/// Takes the next answer that comes without asking for it.
pub(super) fn await_answer(
    step: &mut Step<'_>,
    connection: &mut Connection,
    asked: &[u8],
) -> Result<Answer, Stop> {
    let (began, at_us) = (Instant::now(), step.now_us());
    let heard = hear(connection, step.limits().exchange);
    finish(step, (at_us, began), asked, heard)
}

/// Every frame that comes until nothing more does.
pub(super) fn all(step: &mut Step<'_>, bytes: &[u8], first_within: Duration) -> Result<Vec<Answer>, Stop> {
    let mut connection = dial(step)?;
    let (began, at_us) = (Instant::now(), step.now_us());
    let mut frames = Vec::new();
    let mut trouble = connection.send(bytes).err();
    let mut patience = first_within;
    while trouble.is_none() {
        match connection.next(patience) {
            Ok(Some(Event::Frame(frame))) => frames.push(frame),
            Ok(Some(Event::Fault(fault))) => trouble = Some(Trouble::Garbage(fault.to_string())),
            Ok(None) => break,
            // Closing after the last answer is a receiver's right, and closing without one is saying nothing.
            Err(Trouble::Garbage(_)) if !frames.is_empty() || connection.heard.is_empty() => break,
            Err(other) => trouble = Some(other),
        }
        patience = QUIET;
    }
    let heard = frames.join(&b'\n');
    let what = what(bytes, &step.value("url"));
    step.record(exchange(what, at_us, micros(began), bytes, None, &heard, trouble.as_ref()));
    step.hear(trouble)?;
    frames.iter().map(|frame| read(frame)).collect()
}

/// The next frame.
pub(super) fn hear(connection: &mut Connection, patience: Duration) -> Result<Vec<u8>, Trouble> {
    match connection.next(patience)? {
        Some(Event::Frame(frame)) => Ok(frame),
        Some(Event::Fault(fault)) => Err(Trouble::Garbage(format!("what came back is no frame: {fault}"))),
        None => {
            let seconds = patience.as_secs();
            Err(Trouble::Late(format!("no acknowledgement came within {seconds} seconds")))
        }
    }
}

fn finish(
    step: &mut Step<'_>,
    (at_us, began): (i64, Instant),
    bytes: &[u8],
    heard: Result<Vec<u8>, Trouble>,
) -> Result<Answer, Stop> {
    let (frame, trouble) = match heard {
        Ok(frame) => (frame, None),
        Err(trouble) => (Vec::new(), Some(trouble)),
    };
    let answer = read(&frame);
    let status = answer.as_ref().ok().map(|answer| answer.code.clone());
    let what = what(bytes, &step.value("url"));
    step.record(exchange(what, at_us, micros(began), bytes, status, &frame, trouble.as_ref()));
    step.hear(trouble)?;
    answer
}

/// What an acknowledgement says.
fn read(frame: &[u8]) -> Result<Answer, Stop> {
    let message = Message::parse(frame)
        .map_err(|error| Stop::Fail(format!("the answer is no HL7 v2 message: {error}")))?;
    let text = |field| message.get(&Path::field("MSA", field)).unwrap_or_default();
    let (code, control_id) = (text(1), text(2));
    if code.is_empty() {
        let text = "the answer has no MSA-1, so it does not say what became of the message";
        return Err(Stop::Fail(text.to_owned()));
    }
    Ok(Answer { code, control_id, message })
}

fn what(bytes: &[u8], address: &str) -> String {
    let kind = Message::parse(bytes).map_or_else(|_| "bytes".to_owned(), |message| message.kind());
    format!("{kind} to {address}")
}

fn exchange(
    what: String,
    at_us: i64,
    took_us: i64,
    request: &[u8],
    status: Option<String>,
    response: &[u8],
    trouble: Option<&Trouble>,
) -> Exchange {
    Exchange {
        number: 0,
        protocol: Protocol::Mllp,
        inbound: false,
        what,
        at_us,
        took_us,
        request_headers: Vec::new(),
        request: Body::of(request),
        status,
        response_headers: Vec::new(),
        response: Body::of(response),
        trouble: trouble.map(ToString::to_string),
    }
}

/// Fails unless the answer accepts.
pub(super) fn accepted(answer: &Answer) -> Result<(), Stop> {
    match answer.code.as_str() {
        "AA" | "CA" => Ok(()),
        code => {
            let why = reasons(answer);
            Err(Stop::Fail(format!("the receiver answered {code} to a message that it should accept{why}")))
        }
    }
}

/// Fails unless the answer refuses.
pub(super) fn refused(answer: &Answer, what: &str) -> Result<(), Stop> {
    match answer.code.as_str() {
        "AE" | "AR" | "CE" | "CR" => Ok(()),
        code => Err(Stop::Fail(format!("the receiver answered {code} to {what}; AE or AR tells its sender"))),
    }
}

/// What an answer gives as its reasons.
fn reasons(answer: &Answer) -> String {
    let own = answer.message.get(&Path::field("MSA", 3)).unwrap_or_default();
    let errors = answer.message.segments_named("ERR");
    let texts = errors.filter_map(|error| Some(error.field(8)?.text()).filter(|text| !text.is_empty()));
    let all: Vec<String> = texts.chain((!own.is_empty()).then_some(own)).take(3).collect();
    if all.is_empty() { String::new() } else { format!(": {}", all.join("; ")) }
}
