use hospital::systems::Ack;
use serde_json::json;
use standards::hl7::message::Message;

use super::reach::{Reaching, closed, reach};
use super::settle::{acknowledgement_to, findings};
use super::way::{Way, system};
use crate::access::Access;
use crate::engine::{Parcel, SendError, Sender};
use crate::fhir::Context;
use crate::platform::Platform;

/// The systems of the hospital, to whom the channels of its interface engine send.
pub struct Systems<'a>(pub &'a Platform);

impl Sender for Systems<'_> {
    fn send(&self, access: &Access, parcel: &Parcel) -> Result<Vec<u8>, SendError> {
        let for_good = |what: String| SendError { what, for_good: true, response: None };
        let later = |what: String| SendError { what, for_good: false, response: None };
        let message =
            Message::parse(parcel.payload.as_slice()).map_err(|error| for_good(error.to_string()))?;
        let system = system(&parcel.system)
            .ok_or_else(|| for_good(format!("there is no system {:?}; see the map", parcel.system)))?;
        let way = Way::to(system, &message.header_text(3), &message.kind());
        if let Some(why) = closed(access, &way).map_err(|error| later(error.to_string()))? {
            return Err(later(why));
        }
        let context =
            Context { access, base_url: "", entropy: self.0.entropy(), limits: &self.0.limits().json };
        let more = json!({"channel": parcel.channel, "channel_message": parcel.message});
        let answer = reach(&context, &Reaching { way: &way, message: &message, more }, None)
            .map_err(|error| later(error.to_string()))?;
        let response = acknowledgement_to(access, &message, 0, &answer);
        match (answer.ack, findings(&answer).pop()) {
            (Ack::Accept, _) => Ok(response),
            (ack, why) => Err(SendError {
                what: format!("{}: {}", ack.code(), why.map(|why| why.text).unwrap_or_default()),
                for_good: ack == Ack::Reject,
                response: Some(response),
            }),
        }
    }
}
