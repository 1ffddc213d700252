use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::matrix::Matrix;
use super::permission::PERMISSIONS;
use super::resource::{answer, declared, shipped};
use crate::ehr::EhrError;

/// A role and a permission it is to have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Grant {
    /// The code of the role.
    pub role: String,
    /// The code of the permission.
    pub permission: String,
}

/// The matrix in which exactly these are granted, for the roles of `current` (the shipped roles where there are none).
///
/// What else stands in the resource stays; permissions of other names stay as they are.
///
/// # Errors
/// [`EhrError::Fields`] for a role or permission that does not exist, and when nobody could change the matrix again.
pub fn with_grants(current: Option<&Value>, grants: &BTreeSet<Grant>) -> Result<Value, EhrError> {
    let is_sound = current.is_some_and(|current| Matrix::read(Some(current)).problem().is_none());
    let mut next = current.filter(|_| is_sound).cloned().unwrap_or_else(shipped);
    check(&Matrix::read(Some(&next)), grants)?;
    declare(&mut next);
    for concept in next["concept"].as_array_mut().into_iter().flatten() {
        let role = concept["code"].as_str().unwrap_or_default().to_owned();
        let others: Vec<Value> = own_properties(concept).filter(|one| !is_ours(one)).cloned().collect();
        let ours = PERMISSIONS.iter().map(|one| {
            let grant = Grant { role: role.clone(), permission: one.code.to_owned() };
            answer(one.code, grants.contains(&grant))
        });
        concept["property"] = ours.chain(others).collect();
    }
    Ok(next)
}

fn check(matrix: &Matrix, grants: &BTreeSet<Grant>) -> Result<(), EhrError> {
    for Grant { role, permission } in grants {
        let unknown = matrix.role(role).is_none() || super::permission_of(permission).is_none();
        if unknown {
            let what = format!("there is no role {role} or no permission {permission}");
            return Err(EhrError::field("grants", what, "take those that the matrix shows"));
        }
    }
    if grants.iter().any(|grant| grant.permission == "build.change") { Ok(()) } else { Err(locked("grants")) }
}

fn locked(field: &str) -> EhrError {
    let what = "no role would be left that may change the matrix";
    EhrError::field(field, what, "leave build.change with one role at least")
}

/// Refuses a matrix that cannot be understood, and one that nobody could change again.
///
/// # Errors
/// [`EhrError::Fields`].
pub fn check_matrix(resource: &Value) -> Result<(), EhrError> {
    let matrix = Matrix::read(Some(resource));
    if let Some(problem) = matrix.problem() {
        let what = format!("that version cannot be understood: {problem}");
        return Err(EhrError::field("version", what, "choose another one"));
    }
    let has_key = matrix.roles().iter().any(|role| role.may("build.change"));
    if has_key { Ok(()) } else { Err(locked("version")) }
}

/// Declares the permissions of ours that the resource does not declare yet.
fn declare(resource: &mut Value) {
    if !resource["property"].is_array() {
        resource["property"] = json!([]);
    }
    let known: Vec<Value> = own_properties(resource).map(|one| one["code"].clone()).collect();
    let new = PERMISSIONS.iter().filter(|one| !known.contains(&json!(one.code)));
    if let Some(properties) = resource["property"].as_array_mut() {
        properties.extend(new.map(|one| declared(one.code, one.words)));
    }
}

fn own_properties(value: &Value) -> impl Iterator<Item = &Value> {
    value["property"].as_array().into_iter().flatten()
}

fn is_ours(property: &Value) -> bool {
    PERMISSIONS.iter().any(|one| property["code"] == one.code)
}
