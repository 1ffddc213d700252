//! Presentation data values to messages (PS3.8, E.2).

use dicom_ul::pdu::{PDataValue, PDataValueType};

use super::DATASET_BYTES_MAX;
use crate::dimse::{Command, CommandError};

/// The longest command set that is put together.
const COMMAND_BYTES_MAX: usize = 16 * 1024;

/// Why values make no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AssemblyError {
    /// The context was not accepted.
    #[error("data came on presentation context {0}, which was not accepted")]
    Context(u8),
    /// A value of the other kind, or of another context, in the midst of a message.
    #[error("the parts of two messages are mixed")]
    Mixed,
    /// The data set is beyond the limit.
    #[error("a data set of more than {DATASET_BYTES_MAX} bytes was sent")]
    TooLong,
    /// The command set cannot be read.
    #[error(transparent)]
    Command(#[from] CommandError),
}

/// A message of which parts have come.
#[derive(Debug, Default)]
pub(super) struct Assembly {
    context: Option<u8>,
    command_bytes: Vec<u8>,
    command: Option<Command>,
    dataset: Vec<u8>,
}

impl Assembly {
    /// Adds a value; returns context, command and data set when that completes a message.
    pub(super) fn add(&mut self, value: PDataValue) -> Result<Option<(u8, Command, Vec<u8>)>, AssemblyError> {
        let context = *self.context.get_or_insert(value.presentation_context_id);
        if context != value.presentation_context_id {
            return Err(AssemblyError::Mixed);
        }
        match (value.value_type, &self.command) {
            (PDataValueType::Command, None) => {
                self.command_bytes.extend_from_slice(&value.data);
                if self.command_bytes.len() > COMMAND_BYTES_MAX {
                    return Err(AssemblyError::TooLong);
                }
                if value.is_last {
                    let command = Command::decode(&self.command_bytes)?;
                    let is_whole = !command.has_dataset();
                    self.command = Some(command);
                    return Ok(if is_whole { self.take() } else { None });
                }
            }
            (PDataValueType::Data, Some(_)) => {
                if self.dataset.len() + value.data.len() > DATASET_BYTES_MAX {
                    return Err(AssemblyError::TooLong);
                }
                self.dataset.extend_from_slice(&value.data);
                if value.is_last {
                    return Ok(self.take());
                }
            }
            _ => return Err(AssemblyError::Mixed),
        }
        Ok(None)
    }

    fn take(&mut self) -> Option<(u8, Command, Vec<u8>)> {
        let done = std::mem::take(self);
        Some((done.context?, done.command?, done.dataset))
    }
}
