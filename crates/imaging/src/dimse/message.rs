use dicom_ul::pdu::{PDV_HEADER_SIZE, PDataValue, PDataValueType, Pdu};

use super::command::Command;

/// A command with its data set, on the presentation context it came on.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The presentation context.
    pub context: u8,
    /// What it is about.
    pub abstract_syntax: String,
    /// How the data set is encoded.
    pub syntax: String,
    /// The command.
    pub command: Command,
    /// The data set as it came; empty if there is none.
    pub dataset: Vec<u8>,
}

impl Message {
    /// The message cut into PDUs of at most `pdu_bytes_max` bytes each (PS3.8, 9.3.5 and annex E).
    pub fn pdus(&self, pdu_bytes_max: u32) -> Vec<Pdu> {
        let mut pdus =
            fragments(self.context, &PDataValueType::Command, &self.command.encode(), pdu_bytes_max);
        if self.command.has_dataset() {
            pdus.extend(fragments(self.context, &PDataValueType::Data, &self.dataset, pdu_bytes_max));
        }
        pdus
    }
}

fn fragments(context: u8, kind: &PDataValueType, bytes: &[u8], pdu_bytes_max: u32) -> Vec<Pdu> {
    let room = (pdu_bytes_max.saturating_sub(PDV_HEADER_SIZE) as usize & !1).max(2);
    let count = bytes.len().div_ceil(room).max(1);
    let piece = |number: usize| {
        let from = number * room;
        let data = bytes[from..bytes.len().min(from + room)].to_vec();
        let is_last = number + 1 == count;
        let value = PDataValue { presentation_context_id: context, value_type: kind.clone(), is_last, data };
        Pdu::PData { data: vec![value] }
    };
    (0..count).map(piece).collect()
}
