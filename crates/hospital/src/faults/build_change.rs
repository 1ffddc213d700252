//! An order set or a rule that somebody has changed.

use serde::Deserialize;
use serde_json::{Value, json};

use super::laboratory::made;
use super::{FaultError, Ground, Placed};
use crate::build::starting_orderables;
use crate::calendar::DAY_US;
use crate::ehr::{ChangeOrderSet, ChangeRule, DefinitionFacts, change_order_set, change_rule};

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
    if resources.is_empty() {
        return Err(FaultError::Made("neither order_set nor rule is given".to_owned()));
    }
    Ok(Placed { resources, truth: json!({}) })
}
