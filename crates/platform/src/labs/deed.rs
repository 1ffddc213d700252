//! What somebody does in a hospital by a script, where there is no attempt.

use store::records::Person;
use training::script::{Call, Reply};

use super::hands::{Errand, Hands};
use super::send::send;
use crate::live::Stepped;
use crate::platform::Platform;
use crate::sandboxes::ClockChange;

/// Messages moved at a time.
const STEPS: usize = 256;

/// Does what a script asks for in a sandbox, in the name of `person`, and lets the hospital do what follows from it.
///
/// # Errors
/// Why it could not be done; a refusal by the hospital is a reply.
pub(crate) fn do_as(
    platform: &Platform,
    hands: &dyn Hands,
    (sandbox, person): (&str, &Person),
    call: &Call,
) -> Result<Reply, String> {
    let reply = match call {
        Call::Http { method, path, headers, body, .. } => hands.call(&Errand {
            sandbox,
            person: Some(person),
            method,
            path,
            headers,
            body: body.as_ref(),
            probing: false,
        })?,
        Call::Hl7 { system, message } => send(platform, sandbox, system, message)?,
        Call::Advance { us } => {
            let access = platform.enter(person, sandbox, "project").map_err(in_words)?;
            let seconds = u32::try_from(us / 1_000_000).map_err(in_words)?;
            platform.change_clock(&access, ClockChange::AdvanceSeconds(seconds)).map_err(in_words)?;
            Reply { status: 200, ..Reply::default() }
        }
        other => return Err(format!("{other:?} is for labs; write http, fhir, command, hl7 or advance")),
    };
    while platform.step_hospital(sandbox, STEPS).map_err(in_words)? == Stepped::More {}
    Ok(reply)
}

fn in_words(error: impl std::fmt::Display) -> String {
    error.to_string()
}
