//! The messages of a lab's script, sent as a system beside the hospital sends them.

use serde_json::json;
use standards::hl7::message::{Message, Path};
use training::script::Reply;

use crate::messages::Peer;
use crate::platform::Platform;

/// Where such messages come from, as the journal has it.
const PEER: &str = "lab";

/// Sends a message to a system of a sandbox, through the use case that the MLLP port calls. Its address (MSH-5 and MSH-6) is
/// written here, since no author knows the sandbox.
///
/// # Errors
/// When the text is no message, or what came of it could not be recorded.
pub(super) fn send(platform: &Platform, sandbox: &str, system: &str, text: &str) -> Result<Reply, String> {
    let mut message = Message::parse(text.as_bytes()).map_err(|error| error.to_string())?;
    for (field, value) in [(5, system), (6, sandbox)] {
        message.set(&Path::field("MSH", field), value).map_err(|error| error.to_string())?;
    }
    let answers = platform.receive(message.bytes(), &Peer::beside(PEER));
    if let Some(error) = answers.failure {
        return Err(error.to_string());
    }
    let Some(last) = answers.messages.last() else { return Ok(Reply { status: 200, ..Reply::default() }) };
    let answer = Message::parse(last.as_slice()).map_err(|error| error.to_string())?;
    let code = answer.get(&Path::field("MSA", 1)).unwrap_or_default();
    let status = match code.as_str() {
        "AA" | "CA" => 200,
        "AE" | "CE" => 422,
        _ => 400,
    };
    let acknowledgement = String::from_utf8_lossy(last).replace('\r', "\n");
    let body = json!({"code": code, "acknowledgement": acknowledgement});
    Ok(Reply { status, body, ..Reply::default() })
}
