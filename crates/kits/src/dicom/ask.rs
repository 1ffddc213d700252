//! Using the services of a called node, recorded.

use std::time::Instant;

use imaging::association::requestor::Proposed;
use imaging::dataset::{Dataset, EXPLICIT_LE, read, to_json, write};
use imaging::dimse::{Command, Field, Message, NO_DATASET, WITH_DATASET};

use crate::model::{Body, Exchange, Protocol, Stop};
use crate::run::{Step, micros};
use crate::wire::Trouble;
use crate::wire::dicom::{Answer, Association};

/// The address without its scheme.
pub(super) fn address(step: &Step<'_>) -> String {
    let url = step.value("url");
    url.strip_prefix("dicom://").unwrap_or(&url).trim_end_matches('/').to_owned()
}

/// Asks for an association for these classes. The inner error says why it was refused.
pub(super) fn associate(
    step: &mut Step<'_>,
    classes: &[&str],
    called: &str,
) -> Result<Result<Association, String>, Stop> {
    step.may_ask()?;
    let (address, calling) = (address(step), step.value("calling"));
    let proposed = Proposed::of(classes.iter().map(|class| (*class, EXPLICIT_LE)));
    let (at_us, began) = (step.now_us(), Instant::now());
    let asked = Association::ask(&address, (&calling, called), &proposed, &step.limits());
    let status = match &asked {
        Ok(Ok(_)) => Some("accepted".to_owned()),
        Ok(Err(why)) => Some(why.clone()),
        Err(_) => None,
    };
    let trouble = asked.as_ref().err().cloned();
    let what = format!("association of {calling} with {called} at {address}");
    record(step, (what, at_us, began), &classes.join("\n"), status, "", trouble.as_ref());
    step.hear(trouble)?;
    asked.map_err(|trouble| Stop::Error(trouble.to_string()))
}

/// An association that must be granted, for one class.
pub(super) fn open(step: &mut Step<'_>, class: &str) -> Result<Association, Stop> {
    let called = step.value("called");
    associate(step, &[class], &called)?.map_err(|why| {
        Stop::Fail(format!("{why}; is the called AE title right, and is the calling one known there?"))
    })
}

/// Sends a command with a data set, and takes the answers.
pub(super) fn ask(
    step: &mut Step<'_>,
    association: &mut Association,
    class: &str,
    command: Command,
    dataset: Option<(&Dataset, &[u8])>,
) -> Result<Vec<Answer>, Stop> {
    let context = association.accepted.context_for(class, EXPLICIT_LE);
    let Some((context, syntax)) = context else {
        return Err(Stop::Omit(format!("the server does not offer {class}")));
    };
    let bytes = match dataset {
        None => Vec::new(),
        Some((_, raw)) if !raw.is_empty() && syntax == EXPLICIT_LE => raw.to_vec(),
        Some((_, raw)) if !raw.is_empty() => imaging::dataset::recode(raw, EXPLICIT_LE, &syntax)
            .map_err(|error| Stop::Error(error.to_string()))?,
        Some((keys, _)) => write(keys, &syntax).map_err(|error| Stop::Error(error.to_string()))?,
    };
    let kind = if bytes.is_empty() { NO_DATASET } else { WITH_DATASET };
    let command = command
        .with_uid(Command::SOP_CLASS, class)
        .with_number(Command::MESSAGE, 1)
        .with_number(Command::DATASET_TYPE, kind);
    let what = format!("{} to {}", name(command.field()), address(step));
    let message = Message {
        context,
        abstract_syntax: class.to_owned(),
        syntax: syntax.clone(),
        command,
        dataset: bytes,
    };
    let (at_us, began) = (step.now_us(), Instant::now());
    let asked = association.use_service(&message);
    let sent = match dataset {
        Some((keys, _)) => to_json(keys).to_string(),
        None => String::new(),
    };
    let (answers, trouble) = match asked {
        Ok(answers) => (answers, None),
        Err(trouble) => (Vec::new(), Some(trouble)),
    };
    let status = answers.last().and_then(|(command, _)| command.number(Command::STATUS));
    let found: Vec<String> =
        found(&answers, &syntax).into_iter().flatten().map(|one| to_json(&one).to_string()).collect();
    let status = status.map(|code| format!("{code:04X}"));
    record(step, (what, at_us, began), &sent, status, &found.join("\n"), trouble.as_ref());
    step.hear(trouble)?;
    Ok(answers)
}

/// The data sets of the answers that have one.
pub(super) fn found(answers: &[Answer], syntax: &str) -> Result<Vec<Dataset>, Stop> {
    let with_data = answers.iter().filter(|(_, bytes)| !bytes.is_empty());
    let one = |(_, bytes): &Answer| {
        read(bytes, syntax)
            .map(|(dataset, _)| dataset)
            .map_err(|error| Stop::Fail(format!("an answer's data set cannot be read: {error}")))
    };
    with_data.map(one).collect()
}

/// The last status.
pub(super) fn status_of(answers: &[Answer]) -> u16 {
    answers.last().and_then(|(command, _)| command.number(Command::STATUS)).unwrap_or(0xffff)
}

fn name(field: Field) -> &'static str {
    match field {
        Field::Echo => "C-ECHO",
        Field::Store => "C-STORE",
        Field::Find => "C-FIND",
        _ => "a command",
    }
}

fn record(
    step: &mut Step<'_>,
    (what, at_us, began): (String, i64, Instant),
    sent: &str,
    status: Option<String>,
    came: &str,
    trouble: Option<&Trouble>,
) {
    step.record(Exchange {
        number: 0,
        protocol: Protocol::Dicom,
        inbound: false,
        what,
        at_us,
        took_us: micros(began),
        request_headers: Vec::new(),
        request: Body::of(sent.as_bytes()),
        status,
        response_headers: Vec::new(),
        response: Body::of(came.as_bytes()),
        trouble: trouble.map(ToString::to_string),
    });
}
