use hospital::ehr::{Rehearsal, Rule, Severity, Staged, rule_of};
use serde::Deserialize;
use serde_json::Value;

use super::evaluate::speaks;
use super::facts::{orderable_of, orderables, rules_in_force};
use crate::access::Access;

/// For each order, whether a rule in force would interrupt whoever signs it, with a warning or a stop.
///
/// The orders are [`Rehearsal`]s of patients who stand in no chart. Nothing of them is written, neither to the hospital nor
/// to its journal.
///
/// # Errors
/// In plain words: an order that cannot be made from the catalogue, or a store that fails.
pub(crate) fn interrupted(access: &Access, orders: &[Value]) -> Result<Vec<bool>, String> {
    let now_us = access.virtual_us();
    let found = access.sandbox().view(|view| {
        let rules: Vec<Rule> = rules_in_force(view, now_us)?.iter().filter_map(rule_of).collect();
        Ok::<_, store::StoreError>((rules, orderables(view, now_us)?))
    });
    let (mut rules, catalogue) = found.map_err(|error| error.to_string())?;
    rules.retain(|rule| rule.severity != Severity::Info);
    let try_one = |order: &Value| {
        let staged = Rehearsal::deserialize(order).map_err(|error| error.to_string())?;
        let staged = staged.stage(&catalogue, now_us)?;
        let orderable = orderable_of(&catalogue, &staged.order);
        Ok(rules.iter().any(|rule| speaks(rule, &staged.order, orderable.as_ref(), &staged.facts, now_us)))
    };
    orders.iter().map(try_one).collect()
}

/// The orders of [`Rehearsal`]s as resources, made from the hospital's own catalogue. Nothing of them is written.
///
/// # Errors
/// In plain words: an order that cannot be made from the catalogue, or a store that fails.
pub(crate) fn staged(access: &Access, orders: &[Value]) -> Result<Vec<Staged>, String> {
    let now_us = access.virtual_us();
    let catalogue =
        access.sandbox().view(|view| orderables(view, now_us)).map_err(|error| error.to_string())?;
    let stage = |order: &Value| {
        let staged = Rehearsal::deserialize(order).map_err(|error| error.to_string())?;
        staged.stage(&catalogue, now_us)
    };
    orders.iter().map(stage).collect()
}
