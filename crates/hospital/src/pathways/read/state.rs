//! `[[state]]`: what all states have in common.

use std::collections::BTreeMap;

use super::act;
use super::guard::when;
use super::node::Node;
use super::table::{Reader, Table, nearest};
use super::values::law;
use crate::pathways::{Act, State};

/// The states with their lines. One that cannot be read ends the walk, so that the others keep their places.
pub(super) fn states(
    reader: &Reader<'_>,
    nodes: Vec<Node>,
    names: &BTreeMap<String, usize>,
) -> Vec<(usize, State)> {
    let last = nodes.len();
    nodes
        .into_iter()
        .enumerate()
        .map(|(index, node)| (node.line, state(reader, node, index, last, names)))
        .collect()
}

fn state(
    reader: &Reader<'_>,
    node: Node,
    index: usize,
    last: usize,
    names: &BTreeMap<String, usize>,
) -> State {
    let broken = || State {
        when: None,
        chance: None,
        every: None,
        after: None,
        at_age: None,
        act: Act::End,
        next: last,
        otherwise: last,
    };
    let Some(mut table) = reader.table(node, "a state") else {
        return broken();
    };
    table.text("id");
    let after = law(&mut table, "after");
    let at_age = law(&mut table, "at_age");
    let next = target(reader, &mut table, "next", names).unwrap_or(index + 1);
    let state = State {
        when: when(&mut table),
        chance: table.number("chance", 0.0, 1.0),
        every: table.number("every", 1.0, 1000.0).map(|every| every as u32),
        after,
        at_age,
        next,
        otherwise: target(reader, &mut table, "else", names).unwrap_or(next),
        act: act::act(reader, &mut table, names).unwrap_or(Act::End),
    };
    table.done();
    state
}

/// The index of the state that a field names.
pub(super) fn target(
    reader: &Reader<'_>,
    table: &mut Table<'_>,
    key: &'static str,
    names: &BTreeMap<String, usize>,
) -> Option<usize> {
    let (line, name) = table.text(key)?;
    let found = names.get(&name).copied();
    if found.is_none() {
        let all: Vec<&str> = names.keys().map(String::as_str).collect();
        let advice = match nearest(&name, &all) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "give the state it should lead to an `id`".to_owned(),
        };
        reader.say(line, format!("there is no state `{name}`"), advice);
    }
    found
}
