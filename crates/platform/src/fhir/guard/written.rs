use identity::scope::Permissions;
use serde_json::Value;
use store::sandbox::Stored;

use super::rules::{Open, open, out_of_reach};
use super::seen::{meets, seen};
use crate::fhir::context::Context;
use crate::fhir::error::FhirError;

/// Refuses to store a resource that would be out of reach: made for another patient, or moved to one. `existed` says whether
/// it is an update. The body counts under the id it gets.
pub(in crate::fhir) fn written(
    context: &Context<'_>,
    (kind, id): (&str, &str),
    value: &Value,
    existed: bool,
) -> Result<(), FhirError> {
    let Some(reach) = context.access.reach() else { return Ok(()) };
    let permission = if existed { Permissions::UPDATE } else { Permissions::CREATE };
    match open(context, reach, kind, permission) {
        Open::Everything => Ok(()),
        Open::Where(condition) => {
            let mut value = value.clone();
            value["id"] = id.into();
            if meets(kind, &value, condition) { Ok(()) } else { Err(out_of_reach(kind, permission)) }
        }
        Open::Nothing => Err(out_of_reach(kind, permission)),
    }
}

/// Refuses to change what is out of reach as it stands.
pub(in crate::fhir) fn before(
    context: &Context<'_>,
    stored: &Stored,
    permissions: Permissions,
) -> Result<(), FhirError> {
    if stored.deleted || seen(context, stored, permissions) {
        return Ok(());
    }
    Err(out_of_reach(&stored.kind, permissions))
}
