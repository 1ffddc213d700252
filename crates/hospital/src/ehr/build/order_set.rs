use serde::Deserialize;
use serde_json::{Value, json};

use super::definition::{DefinitionFacts, begin, check_plan, plan_type};
use crate::build::canonical;
use crate::ehr::entered::Entered;
use crate::ehr::error::{EhrError, Problems};
use crate::ehr::orders::set_items;

/// An order set as it is to be from now on.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ChangeOrderSet {
    /// The id of the `PlanDefinition`; a new one when there is none of that id.
    pub id: Entered,
    /// What it is called.
    pub title: Entered,
    /// What it is for.
    pub about: Entered,
    /// One line for each heading, beginning with `#`, and below it one for each item: the id of an orderable, and `ticked`
    /// behind it if it is ticked to begin with.
    pub items: Entered,
    /// One of [`STATES`](super::STATES); as it is when left out.
    pub status: Entered,
    /// The version that the form was opened with.
    pub expected_version: Entered,
}

/// An order set under `id` (`PlanDefinition` of type `order-set`).
///
/// # Errors
/// [`EhrError::Fields`].
pub fn change_order_set(
    command: &ChangeOrderSet,
    facts: &DefinitionFacts<'_>,
    now_us: i64,
    id: &str,
) -> Result<Value, EhrError> {
    let mut problems = Problems::default();
    check_plan(&mut problems, facts, "order-set");
    let of = (("PlanDefinition", id), (&command.title, &command.status));
    let mut set = begin(&mut problems, facts, of.0, of.1, now_us);
    let about = problems.line("about", &command.about, 500);
    let text = problems.words("items", &command.items, 20_000).unwrap_or_default();
    let groups = groups(&mut problems, &text, facts.orderables);
    problems.settle()?;
    set["type"] = plan_type("order-set");
    if let Some(about) = about {
        set["description"] = about.into();
    }
    set["action"] = groups.into();
    Ok(set)
}

fn groups(problems: &mut Problems, text: &str, orderables: &[String]) -> Vec<Value> {
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(title) = line.strip_prefix('#') {
            groups.push((title.trim().to_owned(), Vec::new()));
            continue;
        }
        let (id, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        if !orderables.iter().any(|known| known == id) {
            problems.add("items", format!("'{id}' is not in the catalogue"), "write the id of an orderable");
        }
        let ticked = match rest.trim() {
            "" | "no" => "no",
            "ticked" | "yes" => "yes",
            other => {
                problems.add(
                    "items",
                    format!("'{other}' behind {id} says nothing"),
                    "write ticked, or nothing",
                );
                "no"
            }
        };
        if groups.is_empty() {
            groups.push(("Orders".to_owned(), Vec::new()));
        }
        let item =
            json!({"definitionCanonical": canonical("ActivityDefinition", id), "precheckBehavior": ticked});
        if let Some((_, items)) = groups.last_mut() {
            items.push(item);
        }
    }
    groups.retain(|(_, items)| !items.is_empty());
    if groups.is_empty() {
        problems.add("items", "there is no item", "write the id of an orderable on each line");
    }
    let written = groups.into_iter().map(|(title, items)| {
        let title = if title.is_empty() { "Orders".to_owned() } else { title };
        json!({"title": title, "groupingBehavior": "visual-group", "selectionBehavior": "any", "action": items})
    });
    written.collect()
}

/// The items of an order set as they are typed.
pub fn item_lines(set: &Value) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut heading = None;
    for item in set_items(set) {
        if heading != Some(item.group) {
            lines.push(format!("# {}", item.group));
            heading = Some(item.group);
        }
        let id = item.definition.rsplit('/').next().unwrap_or_default();
        lines.push(if item.ticked { format!("{id} ticked") } else { id.to_owned() });
    }
    lines.join("\n")
}
