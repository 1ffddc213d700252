//! Connections: many messages, slow ones, the same again, answers that come late.

use std::thread::sleep;
use std::time::Duration;

use standards::hl7::mllp::frame;

use super::ask::{accepted, ask, await_answer, converse, dial};
use super::messages::draft;
use crate::model::{Group, Stop, Test, Weight};
use crate::run::Step;
use crate::wire::mllp::Connection;

/// Between two pieces of a frame.
const PAUSE: Duration = Duration::from_millis(150);

/// What happens on and between connections.
pub(super) fn group() -> Group {
    Group {
        id: "hl7v2-receiver/connection".to_owned(),
        title: "Connections, duplicates and late answers".to_owned(),
        about: "What a receiver must bear when networks are slow and senders impatient.".to_owned(),
        tests: vec![
            test("second", "A connection serves a second message", second).of(&["mllp.open"]),
            test("pieces", "A frame in pieces is one message", pieces).of(&["mllp.pieces"]),
            test("together", "Two messages sent at once are answered in their order", together).of(&["mllp.order"]),
            test("duplicate", "The same message again is answered again", duplicate).of(&["v2.duplicate"]).about(
                "A sender that heard no answer sends again. Whether the receiver files it twice cannot be seen from here; that it \
                 answers can.",
            ),
            test("late", "An answer that comes too late is not given to somebody else", late)
                .of(&["mllp.order", "v2.msa-2"])
                .about("The sender gives up and dials anew; the first thing it hears must be about its new message."),
            test("garbage", "Noise does not end the service", garbage).of(&["mllp.open"]),
        ],
        ..Group::default()
    }
}

fn test(id: &str, title: &str, work: fn(&mut Step<'_>) -> Result<(), Stop>) -> Test {
    Test::new(format!("hl7v2-receiver/connection/{id}"), title, work).needs(&["accepted"])
}

fn second(step: &mut Step<'_>) -> Result<(), Stop> {
    let mut connection = dial(step)?;
    let first = draft(step).bytes();
    accepted(&converse(step, &mut connection, &first)?)?;
    let next = draft(step).bytes();
    accepted(&converse(step, &mut connection, &next)?)
}

fn pieces(step: &mut Step<'_>) -> Result<(), Stop> {
    let mut connection = dial(step)?;
    let bytes = draft(step).bytes();
    let framed = frame(&bytes);
    let third = framed.len() / 3;
    for piece in
        [&framed[..1], &framed[1..third], &framed[third..framed.len() - 1], &framed[framed.len() - 1..]]
    {
        send(step, &mut connection, piece)?;
        sleep(PAUSE);
    }
    accepted(&await_answer(step, &mut connection, &bytes)?)
}

fn together(step: &mut Step<'_>) -> Result<(), Stop> {
    let mut connection = dial(step)?;
    let (first, next) = (draft(step), draft(step));
    let both = [frame(&first.bytes()), frame(&next.bytes())].concat();
    send(step, &mut connection, &both)?;
    for (asked, which) in [(first, "first"), (next, "second")] {
        let answer = await_answer(step, &mut connection, &asked.bytes())?;
        if answer.control_id != asked.control_id {
            let (found, expected) = (answer.control_id, asked.control_id);
            return Err(Stop::Fail(format!(
                "the {which} answer is about {found:?}, and the {which} message was {expected:?}"
            )));
        }
    }
    Ok(())
}

fn duplicate(step: &mut Step<'_>) -> Result<(), Stop> {
    let draft = draft(step);
    let first = ask(step, &draft)?;
    let again = ask(step, &draft)?;
    if again.control_id != draft.control_id {
        return Err(Stop::Fail(format!("MSA-2 of the second answer is {:?}", again.control_id)));
    }
    if first.code != again.code {
        let text = format!("the first answer was {}, the one to the duplicate {}", first.code, again.code);
        step.note(Weight::Information, text);
    }
    Ok(())
}

fn late(step: &mut Step<'_>) -> Result<(), Stop> {
    let mut given_up = dial(step)?;
    let first = draft(step);
    send(step, &mut given_up, &frame(&first.bytes()))?;
    drop(given_up);
    let next = draft(step);
    let answer = ask(step, &next)?;
    match answer.control_id == next.control_id {
        true => Ok(()),
        false => Err(Stop::Fail(format!(
            "on a new connection the first answer is about {:?}, and the message there was {:?}: its sender would take one for the other",
            answer.control_id, next.control_id
        ))),
    }
}

fn garbage(step: &mut Step<'_>) -> Result<(), Stop> {
    let mut connection = dial(step)?;
    send(step, &mut connection, b"GET / HTTP/1.1\r\nHost: kits\r\n\r\n")?;
    let mut other = dial(step)?;
    send(step, &mut other, &frame(b"this is no message"))?;
    let answer = ask(step, &draft(step))?;
    drop(other);
    accepted(&answer)
}

fn send(step: &mut Step<'_>, connection: &mut Connection, bytes: &[u8]) -> Result<(), Stop> {
    let sent = connection.send_raw(bytes);
    step.hear(sent.err())
}
