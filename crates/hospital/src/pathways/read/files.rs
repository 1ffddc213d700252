//! The door: files in, library and problems out.

use std::cell::RefCell;
use std::collections::BTreeMap;

use super::node::{self, Node, Value};
use super::table::Reader;
use super::{entry, state};
use crate::pathways::{Act, Checked, Library, Pathway, State};
use crate::random::Key;

/// Reads pathway files: their paths, such as `pathways/asthma.toml`, and their text.
///
/// The name of a file without its ending is the name of the pathway. A file with problems gives no pathway.
pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Checked<Library> {
    let files: BTreeMap<&str, &str> = files.into_iter().collect();
    let mut problems = Vec::new();
    let mut pathways = Vec::new();
    let mut digest = Key::new(0);
    for (file, text) in files {
        digest = digest.name(file).name(text);
        let found = RefCell::new(Vec::new());
        let pathway = pathway(&Reader { file, problems: &found }, text);
        let found = found.into_inner();
        if found.is_empty() {
            pathways.extend(pathway);
        }
        problems.extend(found);
    }
    problems.sort();
    Checked { value: Library::new(pathways, digest), problems }
}

fn pathway(reader: &Reader<'_>, text: &str) -> Option<Pathway> {
    let id = slug(reader);
    let node = node::parse(reader, text)?;
    let mut table = reader.table(node, "a pathway")?;
    let title = table.need_text("title", "say in a few words what the pathway is of");
    let sources = table.list("sources");
    if sources.is_empty() {
        reader.say(
            1,
            "no `sources`",
            "name where the rates, stays and treatments come from, such as `sources = [\"HCUP brief 148\"]`",
        );
    }
    for source in sources {
        reader.text(source, "sources");
    }
    let states = table.list("state");
    let names = names(reader, &states);
    let entry = entry::entry(reader, &mut table);
    let live = table.table("live").and_then(|live| entry::live(reader, live, &names));
    let states = state::states(reader, states, &names);
    table.done();
    check_loops(reader, &states);
    check_reached(reader, &states, live.as_ref().map(|live| live.from));
    Some(Pathway {
        id,
        title: title?,
        entry: entry?,
        live,
        states: states.into_iter().map(|(_, state)| state).collect(),
    })
}

/// The name of the pathway: that of its file.
fn slug(reader: &Reader<'_>) -> String {
    let name = reader.file.rsplit('/').next().unwrap_or_default();
    let id = name.strip_suffix(".toml").unwrap_or(name);
    let is_slug = !id.is_empty()
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if !is_slug {
        reader.say(
            1,
            "the name of the file is no slug",
            "use small letters, digits and hyphens, and end it in `.toml`",
        );
    }
    id.to_owned()
}

/// The index of every named state.
fn names(reader: &Reader<'_>, states: &[Node]) -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    if states.is_empty() {
        reader.say(1, "no states", "add a `[[state]]` with `do = \"visit\"`, `\"arrive\"` or `\"admit\"`");
    }
    for (index, state) in states.iter().enumerate() {
        let Value::Table(fields) = &state.value else { continue };
        let Some(Node { line, value: Value::Text(name) }) = fields.get("id") else { continue };
        if names.insert(name.clone(), index).is_some() {
            reader.say(*line, format!("a second state `{name}`"), "give it another id");
        }
    }
    names
}

/// A walk must not go round without time passing.
fn check_loops(reader: &Reader<'_>, states: &[(usize, State)]) {
    for (start, (line, _)) in states.iter().enumerate() {
        let mut seen = vec![false; states.len()];
        let mut open: Vec<usize> = quick_ways(states, start);
        while let Some(at) = open.pop() {
            if at == start {
                reader.say(
                    *line,
                    "from here the walk may come back here without time passing",
                    "give one of the states on the way an `after`, such as `after = \"3 to 7 months\"`",
                );
                return;
            }
            if at < states.len() && !std::mem::replace(&mut seen[at], true) {
                open.extend(quick_ways(states, at));
            }
        }
    }
}

/// A state that no way leads to is a mistake in a name.
fn check_reached(reader: &Reader<'_>, states: &[(usize, State)], live: Option<usize>) {
    let mut reached = vec![false; states.len()];
    let mut open: Vec<usize> = live.into_iter().chain([0]).collect();
    while let Some(at) = open.pop() {
        if at < states.len() && !std::mem::replace(&mut reached[at], true) {
            let state = &states[at].1;
            open.extend([state.next, state.otherwise].iter().filter(|_| !matches!(state.act, Act::End)));
            if let Act::Branch(arms) = &state.act {
                open.extend(arms.iter().map(|arm| arm.to));
            }
            if let Act::Readmit(to) = state.act {
                open.push(to);
            }
        }
    }
    for ((line, _), _) in states.iter().zip(reached).filter(|(_, reached)| !reached) {
        reader.say(
            *line,
            "no way leads to this state",
            "name it in a `next`, `else`, `to` or arm, or take it out",
        );
    }
}

/// Where a walk may go from a state at once.
fn quick_ways(states: &[(usize, State)], at: usize) -> Vec<usize> {
    let state = &states[at].1;
    // Passed over, a state takes no time.
    let skipped =
        state.when.is_some() || state.chance.is_some() || state.every.is_some() || state.at_age.is_some();
    let mut ways = if skipped { vec![state.otherwise] } else { Vec::new() };
    if state.after.is_some() || state.at_age.is_some() || matches!(state.act, Act::Stay { .. }) {
        return ways;
    }
    match &state.act {
        Act::Branch(arms) => ways.extend(arms.iter().map(|arm| arm.to).chain([state.next])),
        Act::Readmit(to) => ways.push(*to),
        Act::End => {}
        _ => ways.push(state.next),
    }
    ways
}
