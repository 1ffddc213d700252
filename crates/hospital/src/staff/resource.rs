use serde_json::{Map, Value, json};

use super::permission::PERMISSIONS;
use super::role::{ROLES, ShippedRole};
use crate::calendar::instant_text;

/// The id of the CodeSystem that is the role matrix.
pub const MATRIX_ID: &str = "practicum-roles";
/// Its canonical address.
pub const MATRIX_URL: &str = "https://practicum.example/CodeSystem/practicum-roles";

/// The role matrix the hospital is shipped with, as a CodeSystem (R4, 4.8). Each role says yes or no to every permission.
pub fn shipped() -> Value {
    json!({
        "resourceType": "CodeSystem",
        "id": MATRIX_ID,
        "url": MATRIX_URL,
        "version": "1",
        "name": "PracticumRoles",
        "title": "Roles and permissions",
        "status": "active",
        "experimental": false,
        "description": "Who may do what in the chart. Each concept is a role, each property of it a permission.",
        "caseSensitive": true,
        "content": "complete",
        "property": PERMISSIONS.iter().map(|one| declared(one.code, one.words)).collect::<Vec<_>>(),
        "concept": ROLES.iter().map(concept).collect::<Vec<_>>(),
    })
}

/// A permission, as a CodeSystem declares its properties.
pub(super) fn declared(code: &str, words: &str) -> Value {
    json!({"code": code, "description": format!("May {words}."), "type": "boolean"})
}

/// Whether a role has a permission, as a property of its concept.
pub(super) fn answer(permission: &str, may: bool) -> Value {
    json!({"code": permission, "valueBoolean": may})
}

fn concept(role: &ShippedRole) -> Value {
    let answers = PERMISSIONS.iter().map(|one| answer(one.code, one.is_shipped_with(role.code)));
    json!({
        "code": role.code,
        "display": role.display,
        "definition": role.about,
        "property": answers.collect::<Vec<_>>(),
    })
}

/// The shipped matrix as the generator stores it, seen at `updated_us`.
pub(crate) fn write_shipped(updated_us: i64) -> Vec<u8> {
    let mut stored = Map::new();
    let shipped = shipped();
    for (name, value) in shipped.as_object().into_iter().flatten() {
        stored.insert(name.clone(), value.clone());
        if name == "id" {
            stored.insert(
                "meta".to_owned(),
                json!({"versionId": "1", "lastUpdated": instant_text(updated_us)}),
            );
        }
    }
    Value::Object(stored).to_string().into_bytes()
}
