//! What a receiver accepts and what it must not.

use super::ask::{accepted, ask, refused};
use super::messages::draft;
use crate::model::{Group, Stop, Test};
use crate::run::Step;

/// Messages that are fuller, poorer or stranger than usual.
pub(super) fn group() -> Group {
    Group {
        id: "hl7v2-receiver/content".to_owned(),
        title: "Content".to_owned(),
        about: "What is unknown is passed over; what is wrong is said.".to_owned(),
        tests: vec![
            test("z-segment", "A segment that a site invented is passed over", z_segment).of(&["v2.unknown-parts"]),
            test("more-fields", "Fields beyond the known ones are passed over", more_fields)
                .of(&["v2.unknown-parts"]),
            test("no-identifier", "A person without an identifier is not accepted", no_identifier)
                .of(&["v2.required"]),
            test("no-pid", "A message without its PID is not accepted", no_pid).of(&["v2.required"]),
            test("err", "An error says where it is", error_says_where).of(&["v2.err"]).about(
                "Since version 2.5 an ERR segment holds the place (ERR-2), the kind (ERR-3) and the severity (ERR-4).",
            ),
            test("unknown-type", "A kind of message that nobody knows is not accepted", unknown_type)
                .of(&["v2.type"]),
            test("unknown-version", "A version that nobody knows is not accepted", unknown_version)
                .of(&["v2.version"]),
        ],
        ..Group::default()
    }
}

fn test(id: &str, title: &str, work: fn(&mut Step<'_>) -> Result<(), Stop>) -> Test {
    Test::new(format!("hl7v2-receiver/content/{id}"), title, work).needs(&["accepted"])
}

fn z_segment(step: &mut Step<'_>) -> Result<(), Stop> {
    let mut draft = draft(step);
    draft.segments.push("ZKT|1|invented by a site|42".to_owned());
    accepted(&ask(step, &draft)?)
}

fn more_fields(step: &mut Step<'_>) -> Result<(), Stop> {
    let draft = draft(step).with("EVN", |line| format!("{line}|||||||||of a later version"));
    accepted(&ask(step, &draft)?)
}

fn no_identifier(step: &mut Step<'_>) -> Result<(), Stop> {
    let mrn = step.value("mrn");
    let identifier = format!("{mrn}^^^PRACTICUM^MR");
    let draft = draft(step).with("PID", |line| line.replace(&identifier, ""));
    refused(&ask(step, &draft)?, "a message about a person without PID-3")
}

fn no_pid(step: &mut Step<'_>) -> Result<(), Stop> {
    let draft = draft(step).without("PID");
    refused(&ask(step, &draft)?, "a message about a person without a PID")
}

fn error_says_where(step: &mut Step<'_>) -> Result<(), Stop> {
    let draft = draft(step).without("PID");
    let answer = ask(step, &draft)?;
    if answer.code == "AA" {
        return Err(Stop::Skip(
            "the receiver accepts the faulty message, so there is no error to look at".to_owned(),
        ));
    }
    let Some(error) = answer.message.segment("ERR") else {
        return Err(Stop::Fail(
            "the answer has no ERR segment, so its sender has to guess what is wrong".to_owned(),
        ));
    };
    for (field, what) in [(3, "the kind of error"), (4, "its severity")] {
        if error.field(field).is_none_or(|part| part.is_empty()) {
            return Err(Stop::Fail(format!("ERR-{field} is empty, and so {what} is not said")));
        }
    }
    Ok(())
}

fn unknown_type(step: &mut Step<'_>) -> Result<(), Stop> {
    let draft = draft(step).with_header(9, "ZZZ^Z99^ZZZ_Z99");
    refused(&ask(step, &draft)?, "a message of the kind ZZZ^Z99")
}

fn unknown_version(step: &mut Step<'_>) -> Result<(), Stop> {
    let draft = draft(step).with_header(12, "9.9");
    refused(&ask(step, &draft)?, "a message of version 9.9")
}
