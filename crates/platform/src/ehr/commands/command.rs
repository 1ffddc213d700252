use hospital::ehr::{Admit, Discharge, EhrError, RecordVitals, Register, Transfer, WriteNote};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::error::CommandError;

/// The names of the commands.
pub const NAMES: [&str; 6] = ["register", "admit", "transfer", "discharge", "record_vitals", "write_note"];

/// A command as it was filled in.
pub(super) enum Command {
    Register(Register),
    Admit(Admit),
    Transfer(Transfer),
    Discharge(Discharge),
    RecordVitals(RecordVitals),
    WriteNote(WriteNote),
}

impl Command {
    pub(super) fn read(name: &str, form: &Value) -> Result<Self, CommandError> {
        match name {
            "register" => fields(form).map(Self::Register),
            "admit" => fields(form).map(Self::Admit),
            "transfer" => fields(form).map(Self::Transfer),
            "discharge" => fields(form).map(Self::Discharge),
            "record_vitals" => fields(form).map(Self::RecordVitals),
            "write_note" => fields(form).map(Self::WriteNote),
            other => Err(CommandError::Unknown { name: other.to_owned() }),
        }
    }
}

/// The fields of a form. Each takes any value, so what can go wrong is a field that the command does not have.
fn fields<T: DeserializeOwned>(form: &Value) -> Result<T, CommandError> {
    if !form.is_object() {
        return Err(EhrError::field("form", "is not an object", "send {\"field\": \"value\"}").into());
    }
    T::deserialize(form).map_err(|error| {
        let what = error.to_string();
        let field = what.split('`').nth(1).unwrap_or("form").to_owned();
        EhrError::field(&field, what, "leave it out, or correct its name").into()
    })
}
