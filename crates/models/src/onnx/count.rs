use prost::bytes::Buf;
use prost::encoding::{DecodeContext, WireType, decode_key, decode_varint, skip_field};

use crate::problem::ModelError;

/// Messages of a file that are read: far more than a classifier has, and few enough to be held.
const MESSAGES_MAX: usize = 20_000;

/// Which fields hold messages of the next level: of a model its graph; of a graph its nodes, initializers, inputs and outputs; of
/// a node its attributes.
const LEVELS: [&[u32]; 3] = [&[7], &[1, 5, 11, 12], &[5]];

/// Counts the messages of a file before it is taken apart: an empty one costs two bytes in a file and a hundred times that in
/// memory.
///
/// # Errors
/// When the bytes are no messages, or there are too many.
pub(super) fn check(bytes: &[u8]) -> Result<(), ModelError> {
    let mut found = 0;
    level(bytes, &LEVELS, &mut found)
        .map_err(|error| ModelError::File(format!("it is not ONNX ({error})")))?;
    match found <= MESSAGES_MAX {
        true => Ok(()),
        false => Err(ModelError::File(format!(
            "it has more than {MESSAGES_MAX} nodes, attributes and tensors; no classifier of columns needs so many"
        ))),
    }
}

fn level(mut bytes: &[u8], levels: &[&[u32]], found: &mut usize) -> Result<(), prost::DecodeError> {
    let Some((wanted, below)) = levels.split_first() else { return Ok(()) };
    while bytes.has_remaining() && *found <= MESSAGES_MAX {
        let (tag, wire) = decode_key(&mut bytes)?;
        if wire != WireType::LengthDelimited {
            skip_field(wire, tag, &mut bytes, DecodeContext::default())?;
            continue;
        }
        let length = usize::try_from(decode_varint(&mut bytes)?).unwrap_or(usize::MAX);
        let Some((inside, rest)) = bytes.split_at_checked(length) else {
            // The reader says how it is cut.
            return Ok(());
        };
        if wanted.contains(&tag) {
            *found += 1;
            level(inside, below, found)?;
        }
        bytes = rest;
    }
    Ok(())
}
