use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;

use super::catalogue::title_of;
use super::draft::{DraftFacts, DraftOrder, draft_order};
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::shape::{id_of, items, text_at};

/// Several orders of an order set at once.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DraftOrderSet {
    /// The patient's id, or `Patient/ID`.
    pub patient: Entered,
    /// The encounter's id, or `Encounter/ID`; the patient's present stay when left out.
    pub encounter: Entered,
    /// The id of a `PlanDefinition` of type `order-set`, or its title.
    pub order_set: Entered,
    /// The ids of the ticked orderables, separated by spaces or commas; those ticked to begin with when left out.
    pub items: Entered,
    /// Why, in words.
    pub reason: Entered,
}

/// An item of an order set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item<'a> {
    /// The heading it stands under.
    pub group: &'a str,
    /// The canonical address of its orderable.
    pub definition: &'a str,
    /// Whether it is ticked to begin with.
    pub ticked: bool,
}

/// The items of an order set in order: those in groups, and those that stand alone.
pub fn set_items(set: &Value) -> Vec<Item<'_>> {
    let mut found = Vec::new();
    for group in items(set, "action") {
        let title = text_at(group, "title").unwrap_or_default();
        for action in std::iter::once(group).chain(items(group, "action")) {
            if let Some(definition) = text_at(action, "definitionCanonical") {
                let ticked = text_at(action, "precheckBehavior") == Some("yes");
                found.push(Item { group: title, definition, ticked });
            }
        }
    }
    found
}

/// What the hospital knows about an order set.
#[derive(Debug, Clone, Default)]
pub struct OrderSetFacts<'a> {
    /// The patient, if there is one.
    pub patient: Option<&'a Value>,
    /// The encounter the orders belong to, if any.
    pub encounter: Option<&'a Value>,
    /// The `PlanDefinition`, if there is one.
    pub set: Option<&'a Value>,
    /// The orderables of its items that exist.
    pub orderables: &'a [Value],
    /// Who drafts, as people read it.
    pub author: &'a str,
}

/// Drafts the ticked orders of an order set, in its order.
///
/// # Errors
/// [`EhrError::Fields`].
pub fn draft_order_set(
    command: &DraftOrderSet,
    facts: &OrderSetFacts<'_>,
    new_id: &mut dyn FnMut() -> String,
) -> Result<Vec<Value>, EhrError> {
    let mut problems = Problems::default();
    if facts.patient.is_none() {
        problems.add("patient", "there is no such patient", "look the record up");
    }
    let Some(set) = facts.set.filter(|set| text_at(set, "status") == Some("active")) else {
        problems.add("order_set", "there is no such order set in force", "choose one from the list");
        problems.settle()?;
        return Ok(Vec::new());
    };
    let asked = problems.words("items", &command.items, 10_000);
    let chosen = chosen(&mut problems, set, asked.as_deref(), facts.orderables);
    problems.settle()?;
    let mut orders = Vec::with_capacity(chosen.len());
    for orderable in chosen {
        let facts = DraftFacts {
            patient: facts.patient,
            encounter: facts.encounter,
            orderable: Some(orderable),
            author: facts.author,
        };
        let single = DraftOrder {
            patient: command.patient.clone(),
            encounter: command.encounter.clone(),
            orderable: id_of(orderable).into(),
            reason: command.reason.clone(),
            ..DraftOrder::default()
        };
        let mut order = draft_order(&single, &facts, &new_id())?;
        let from_set = text_at(set, "url").map(Value::from);
        if let (Some(url), Some(list)) = (from_set, order["instantiatesCanonical"].as_array_mut()) {
            list.push(url);
        }
        orders.push(order);
    }
    Ok(orders)
}

fn chosen<'a>(
    problems: &mut Problems,
    set: &Value,
    asked: Option<&str>,
    orderables: &'a [Value],
) -> Vec<&'a Value> {
    let find = |definition: &str| orderables.iter().find(|one| text_at(one, "url") == Some(definition));
    let on_set: Vec<(Item<'_>, Option<&Value>)> =
        set_items(set).into_iter().map(|item| (item, find(item.definition))).collect();
    let is_sign = |c: char| c == ',' || c.is_whitespace();
    let wanted: Option<BTreeSet<&str>> =
        asked.map(|asked| asked.split(is_sign).filter(|word| !word.is_empty()).collect());
    let mut chosen = Vec::new();
    let mut unknown = wanted.clone().unwrap_or_default();
    for (item, orderable) in on_set {
        let id = item.definition.rsplit('/').next().unwrap_or_default();
        let is_wanted = wanted.as_ref().map_or(item.ticked, |wanted| wanted.contains(id));
        unknown.remove(id);
        match orderable {
            Some(orderable) if is_wanted => chosen.push(orderable),
            None if is_wanted => {
                problems.add(
                    "items",
                    format!("'{id}' is not in the catalogue"),
                    "leave it out, or tell the analysts",
                );
            }
            _ => {}
        }
    }
    for word in unknown {
        problems.add(
            "items",
            format!("'{word}' is not on {}", title_of(set)),
            "name items of the order set by id",
        );
    }
    if chosen.is_empty() {
        problems.add("items", "nothing is ticked", "tick at least one item");
    }
    chosen
}
