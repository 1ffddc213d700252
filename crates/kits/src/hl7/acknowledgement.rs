//! What an acknowledgement says, and when it comes.

use std::time::Duration;

use standards::hl7::message::{Message, Path};

use super::ask::{accepted, all, ask};
use super::messages::draft;
use crate::model::{Group, Stop, Test};
use crate::run::Step;

/// What every acknowledgement has.
pub(super) fn group() -> Group {
    Group {
        id: "hl7v2-receiver/acknowledgement".to_owned(),
        title: "Acknowledgement".to_owned(),
        about: "A good message in original mode, and what comes back.".to_owned(),
        tests: vec![
            test("accepts", "A good message is accepted", accepts).of(&["v2.ack"]).gives(&["accepted"]).about(
                "Everything else rests on this: an update of a person in version 2.5.1, with nothing odd about it.",
            ),
            test("control-id", "MSA-2 names the message", names_message).of(&["v2.msa-2"]).about(
                "A sender pairs answers with messages by MSA-2 alone. Without it a late answer is taken for that of the next message.",
            ),
            test("addresses", "The answer is addressed to the sender", addresses).of(&["v2.msh-swap"]),
            test("type", "The answer is an ACK", kind).of(&["v2.msh-9-ack"]),
            test("own-id", "Each answer has its own control id", own_id).of(&["v2.msh-10"]),
            test("one", "One answer comes, alone in its frame", one).of(&["v2.ack", "mllp.frame"]),
        ],
        ..Group::default()
    }
}

/// Who is told what.
pub(super) fn modes() -> Group {
    Group {
        id: "hl7v2-receiver/modes".to_owned(),
        title: "Enhanced mode".to_owned(),
        about: "MSH-15 and MSH-16 say which acknowledgements the sender wants.".to_owned(),
        tests: vec![
            mode("receipt", "Asked for receipt alone, it answers CA", |step| {
                enhanced(step, ("AL", "NE"), &["CA"])
            }),
            mode("application", "Asked for the application's answer alone, it answers AA", |step| {
                enhanced(step, ("NE", "AL"), &["AA"])
            }),
            mode("both", "Asked for both, it answers CA and then AA", |step| {
                enhanced(step, ("AL", "AL"), &["CA", "AA"])
            }),
            mode("none", "Asked for none, it is silent", |step| enhanced(step, ("NE", "NE"), &[])),
        ],
        ..Group::default()
    }
}

type Work = fn(&mut Step<'_>) -> Result<(), Stop>;

fn test(id: &str, title: &str, work: Work) -> Test {
    let test = Test::new(format!("hl7v2-receiver/acknowledgement/{id}"), title, work);
    if id == "accepts" { test } else { test.needs(&["accepted"]) }
}

fn mode(id: &str, title: &str, work: Work) -> Test {
    Test::new(format!("hl7v2-receiver/modes/{id}"), title, work).of(&["v2.enhanced"]).needs(&["accepted"])
}

fn accepts(step: &mut Step<'_>) -> Result<(), Stop> {
    let answer = ask(step, &draft(step))?;
    accepted(&answer)?;
    step.give("accepted", "yes");
    Ok(())
}

fn names_message(step: &mut Step<'_>) -> Result<(), Stop> {
    let draft = draft(step);
    let answer = ask(step, &draft)?;
    match answer.control_id == draft.control_id {
        true => Ok(()),
        false => Err(Stop::Fail(format!(
            "MSA-2 is {:?}, and the message was {:?} (MSH-10)",
            answer.control_id, draft.control_id
        ))),
    }
}

fn addresses(step: &mut Step<'_>) -> Result<(), Stop> {
    let draft = draft(step);
    let answer = ask(step, &draft)?;
    let sent = parsed(&draft.bytes())?;
    for (there, back) in [(5, 3), (6, 4), (3, 5), (4, 6)] {
        let (expected, found) = (sent.header_text(there), answer.message.header_text(back));
        if expected != found {
            let text =
                format!("MSH-{back} of the answer is {found:?}; MSH-{there} of the message was {expected:?}");
            return Err(Stop::Fail(text));
        }
    }
    Ok(())
}

fn kind(step: &mut Step<'_>) -> Result<(), Stop> {
    let answer = ask(step, &draft(step))?;
    let found = answer.message.get(&Path::field("MSH", 9)).unwrap_or_default();
    if found == "ACK" {
        Ok(())
    } else {
        Err(Stop::Fail(format!("MSH-9.1 of the answer is {found:?}, not ACK")))
    }
}

fn own_id(step: &mut Step<'_>) -> Result<(), Stop> {
    let first = ask(step, &draft(step))?.message.control_id();
    let second = ask(step, &draft(step))?.message.control_id();
    match (first.is_empty(), first == second) {
        (true, _) => Err(Stop::Fail("MSH-10 of the answer is empty".to_owned())),
        (_, true) => Err(Stop::Fail(format!("two answers have the same MSH-10, {first:?}"))),
        _ => Ok(()),
    }
}

fn one(step: &mut Step<'_>) -> Result<(), Stop> {
    let patience = step.limits().exchange;
    let bytes = draft(step).bytes();
    match all(step, &bytes, patience)?.len() {
        1 => Ok(()),
        0 => Err(Stop::Fail("no answer came".to_owned())),
        count => Err(Stop::Fail(format!("{count} answers came to one message in original mode"))),
    }
}

fn enhanced(step: &mut Step<'_>, (accept, application): (&str, &str), expected: &[&str]) -> Result<(), Stop> {
    if step.value("enhanced") == "no" {
        return Err(Stop::Omit("the receiver does not claim the enhanced mode".to_owned()));
    }
    let draft = draft(step).with_header(15, accept).with_header(16, application);
    let patience = match expected.is_empty() {
        true => Duration::from_millis(1_500).min(step.limits().exchange),
        false => step.limits().exchange,
    };
    let answers = all(step, &draft.bytes(), patience)?;
    let found: Vec<&str> = answers.iter().map(|answer| answer.code.as_str()).collect();
    if found == expected {
        return Ok(());
    }
    let shown = |codes: &[&str]| if codes.is_empty() { "nothing".to_owned() } else { codes.join(" and ") };
    Err(Stop::Fail(format!(
        "MSH-15 was {accept} and MSH-16 {application}, which asks for {}; {} came",
        shown(expected),
        shown(&found)
    )))
}

fn parsed(bytes: &[u8]) -> Result<Message, Stop> {
    Message::parse(bytes).map_err(|error| Stop::Error(error.to_string()))
}
