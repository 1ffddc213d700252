use hospital::calendar::instant_text;
use standards::hl7::acknowledge::{Mode, Stamp, Verdict, acknowledge, refuse};
use standards::hl7::finding::Finding;
use standards::hl7::message::Message;

use crate::ids::new_id;
use crate::platform::Platform;

impl Platform {
    /// The acknowledgements that a message asks for, written at a moment; none if it wants none.
    pub(super) fn answers(
        &self,
        message: &Message,
        verdict: Verdict,
        findings: &[Finding],
        at_us: i64,
    ) -> Vec<Vec<u8>> {
        let time = moment(at_us);
        let answer = |code| {
            let control_id = new_id(self.entropy());
            let stamp = Stamp { time: &time, control_id: &control_id };
            acknowledge(message, code, findings, &stamp).into_bytes()
        };
        Mode::of(message).answers(verdict).map(answer).collect()
    }

    /// What goes back for bytes that are no message.
    pub(super) fn refusal(&self, findings: &[Finding]) -> Vec<u8> {
        let control_id = new_id(self.entropy());
        let time = moment(self.clock().now_us());
        refuse(findings, &Stamp { time: &time, control_id: &control_id }).into_bytes()
    }
}

/// A moment as v2 writes it.
pub(super) fn moment(us: i64) -> String {
    instant_text(us).replace(['-', ':', 'T'], "").replace('Z', "+0000")
}
