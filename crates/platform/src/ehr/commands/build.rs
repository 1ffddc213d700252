//! The catalogue, order sets and rules, as analysts change them.

use hospital::ehr::{
    ChangeOrderSet, ChangeOrderable, ChangeRule, DefinitionFacts, EhrError, Entered, RestoreDefinition,
    change_order_set, change_orderable, change_rule, restore_definition, title_of,
};
use hospital::staff::{MATRIX_ID, check_matrix};
use serde_json::Value;

use super::decide::{Decision, Occasion, Write, version};
use super::desk::{Desk, id_of};
use super::error::CommandError;
use crate::ehr::lookup::value_of;
use crate::ehr::support::unreadable;

pub(super) fn orderable(
    command: &ChangeOrderable,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let (current, id) = current(desk, "ActivityDefinition", &command.id, occasion)?;
    let facts = DefinitionFacts { current: current.as_ref(), ..DefinitionFacts::default() };
    let changed = change_orderable(command, &facts, occasion.now_us, &id)?;
    written(changed, current.is_some(), &command.expected_version)
}

pub(super) fn order_set(
    command: &ChangeOrderSet,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let (current, id) = current(desk, "PlanDefinition", &command.id, occasion)?;
    let known = desk.find("ActivityDefinition", &[])?;
    let orderables: Vec<String> = known.iter().map(|one| id_of(one).to_owned()).collect();
    let facts =
        DefinitionFacts { current: current.as_ref(), orderables: &orderables, ..DefinitionFacts::default() };
    let changed = change_order_set(command, &facts, occasion.now_us, &id)?;
    written(changed, current.is_some(), &command.expected_version)
}

pub(super) fn rule(
    command: &ChangeRule,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let (current, id) = current(desk, "PlanDefinition", &command.id, occasion)?;
    let unreadable = command.condition.text().and_then(|condition| unreadable(&condition, occasion.now_us));
    let facts = DefinitionFacts {
        current: current.as_ref(),
        unreadable: unreadable.as_deref(),
        ..DefinitionFacts::default()
    };
    let changed = change_rule(command, &facts, occasion.now_us, &id)?;
    written(changed, current.is_some(), &command.expected_version)
}

pub(super) fn restore(
    command: &RestoreDefinition,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let number = version(&command.version)?;
    let name = command.definition.text().unwrap_or_default();
    let of_build = |(kind, id): &(&str, &str)| match *kind {
        "CodeSystem" => *id == MATRIX_ID,
        kind => ["ActivityDefinition", "PlanDefinition"].contains(&kind),
    };
    let (kind, id) = name.split_once('/').filter(of_build).unwrap_or(("PlanDefinition", &name));
    let current = desk.named(kind, &id.into())?;
    let stored = number.map(|number| desk.view().version(kind, id, number)).transpose()?.flatten();
    let earlier = stored.filter(|stored| !stored.deleted).as_ref().and_then(value_of);
    let facts = DefinitionFacts {
        current: current.as_ref(),
        earlier: earlier.as_ref(),
        ..DefinitionFacts::default()
    };
    let restored = restore_definition(&facts, occasion.now_us)?;
    if kind == "CodeSystem" {
        check_matrix(&restored)?;
    }
    written(restored, true, &command.expected_version)
}

/// The definition a form is about, and its id: a fresh one where none is given.
fn current(
    desk: &Desk<'_>,
    kind: &str,
    id: &Entered,
    occasion: &mut Occasion<'_>,
) -> Result<(Option<Value>, String), CommandError> {
    let found = desk.named(kind, id)?;
    let id = id.text().map_or_else(|| (occasion.new_id)(), |id| id.into_owned());
    let id = id.strip_prefix(kind).and_then(|rest| rest.strip_prefix('/')).unwrap_or(&id).to_owned();
    Ok((found, id))
}

fn written(definition: Value, exists: bool, expected: &Entered) -> Result<Decision, CommandError> {
    let expected = version(expected)?;
    if expected.is_some() && !exists {
        return Err(EhrError::field("id", "there is no such definition", "open the list again").into());
    }
    let message = format!("Kept {}.", title_of(&definition));
    let write = if exists { Write::Next(definition, expected) } else { Write::New(definition) };
    Ok(Decision { writes: vec![write], message, ..Decision::default() })
}
