//! An order set, a rule or the role matrix that somebody has changed.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Value, json};

use super::laboratory::made;
use super::{FaultError, Ground, Placed};
use crate::build::starting_orderables;
use crate::calendar::{DAY_US, instant_text};
use crate::ehr::{ChangeOrderSet, ChangeRule, DefinitionFacts, change_order_set, change_rule};
use crate::staff::{Grant, Matrix, PERMISSIONS, Role, with_grants};

/// How long ago it was changed, in days.
const DAYS_AGO: i64 = 6;

/// The parameters of `do = "build-change"`.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct BuildChange {
    /// The order set as it is to be.
    pub order_set: Option<ChangeOrderSet>,
    /// The rule as it is to be.
    pub rule: Option<ChangeRule>,
    /// In what the role matrix is to differ from the shipped one.
    pub roles: Option<RoleChanges>,
}

/// What is granted and taken beside the shipped matrix, each as `role=permission`, separated by spaces.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RoleChanges {
    /// Granted, though not shipped.
    pub grant: String,
    /// Taken, though shipped.
    pub take: String,
}

/// Writes the definitions as they are to be.
pub(super) fn place(fault: &BuildChange, ground: &Ground<'_>) -> Result<Placed, FaultError> {
    let changed_us = ground.now_us - DAYS_AGO * DAY_US;
    let catalogue = starting_orderables();
    let orderables: Vec<String> =
        catalogue.iter().filter_map(|one| one["id"].as_str()).map(str::to_owned).collect();
    let facts = DefinitionFacts { orderables: &orderables, ..DefinitionFacts::default() };
    let mut resources: Vec<Value> = Vec::new();
    if let Some(set) = &fault.order_set {
        let id = set.id.text().unwrap_or_default();
        resources.push(change_order_set(set, &facts, changed_us, &id).map_err(made)?);
    }
    if let Some(rule) = &fault.rule {
        let id = rule.id.text().unwrap_or_default();
        resources.push(change_rule(rule, &facts, changed_us, &id).map_err(made)?);
    }
    let mut truth = json!({});
    if let Some(changes) = &fault.roles {
        let mut matrix = matrix(changes)?;
        matrix["date"] = json!(instant_text(changed_us));
        resources.push(matrix);
        truth = json!({"left": left(changes)});
    }
    if resources.is_empty() {
        return Err(FaultError::Made("none of order_set, rule and roles is given".to_owned()));
    }
    Ok(Placed { resources, truth })
}

/// The shipped matrix with the changes made; each must change something.
fn matrix(changes: &RoleChanges) -> Result<Value, FaultError> {
    let mut grants: BTreeSet<Grant> = Matrix::shipped().roles().iter().flat_map(grants_of).collect();
    for (text, is_granted) in [(&changes.grant, true), (&changes.take, false)] {
        for pair in text.split_whitespace() {
            let grant =
                grant(pair).ok_or_else(|| FaultError::Made(format!("'{pair}' is no role=permission")))?;
            let is_new = if is_granted { grants.insert(grant) } else { grants.remove(&grant) };
            if !is_new {
                return Err(FaultError::Made(format!("{pair} changes nothing in the shipped roles")));
            }
        }
    }
    with_grants(None, &grants).map_err(made)
}

fn grants_of(role: &Role) -> Vec<Grant> {
    let codes = PERMISSIONS.iter().map(|one| one.code).filter(|code| role.may(code));
    codes.map(|code| Grant { role: role.code.clone(), permission: code.to_owned() }).collect()
}

fn grant(pair: &str) -> Option<Grant> {
    let (role, permission) = pair.split_once('=')?;
    Some(Grant { role: role.to_owned(), permission: permission.to_owned() })
}

/// For each role what the changes left as it was: the permissions it has, and those not to be looked at.
fn left(changes: &RoleChanges) -> Vec<Value> {
    let pairs = changes.grant.split_whitespace().chain(changes.take.split_whitespace());
    let changed: Vec<Grant> = pairs.filter_map(grant).collect();
    let matrix = Matrix::shipped();
    let of = |role: &Role| {
        let kept = grants_of(role).into_iter().filter(|one| !changed.contains(one));
        let kept: Vec<String> = kept.map(|one| one.permission).collect();
        let open = changed.iter().filter(|one| one.role == role.code).map(|one| one.permission.as_str());
        json!({"role": role.code, "kept": kept.join(" "), "open": open.collect::<Vec<_>>().join(" ")})
    };
    matrix.roles().iter().map(of).collect()
}
