//! The crate graph equals the crate map of ARCHITECTURE.md, and heavy libraries stay where they belong.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context as _;
use serde_json::Value;

use crate::tidy::Problem;
use crate::tidy::source::Source;

const PAGE: &str = "ARCHITECTURE.md";

/// A library and the only crates of ours that may name it as a dependency.
const HOMES: &[(&str, &[&str])] = &[
    ("rusqlite", &["store"]),
    ("axum", &["servers"]),
    ("pgwire", &["servers"]),
    ("datafusion", &["analytics"]),
    ("getrandom", &["platform", "practicum", "servers"]),
];

/// Crates that decide without input, output, clock or chance, and what must not even reach them through others.
const PURE: &[&str] = &["standards", "hospital", "training", "views", "models", "lake", "flow"];
const IMPURE: &[&str] = &["tokio", "axum", "rusqlite", "hyper", "mio", "reqwest"];

/// Normal dependencies by crate name.
struct Graph {
    ours: BTreeMap<String, BTreeSet<String>>,
    all: BTreeMap<String, BTreeSet<String>>,
}

/// Compares `cargo metadata` with the table on the page and with the homes above.
pub(crate) fn check(metadata: &Value, sources: &[Source]) -> anyhow::Result<Vec<Problem>> {
    let graph = read(metadata).context("cargo metadata has another shape than expected")?;
    let page =
        sources.iter().find(|source| source.path == PAGE).with_context(|| format!("{PAGE} is missing"))?;
    let mut problems = compare(&graph, &declared(&page.text));
    problems.extend(homes(&graph));
    problems.extend(purity(&graph));
    Ok(problems)
}

fn read(metadata: &Value) -> Option<Graph> {
    let names: BTreeMap<&str, &str> = metadata["packages"]
        .as_array()?
        .iter()
        .filter_map(|package| Some((package["id"].as_str()?, package["name"].as_str()?)))
        .collect();
    let mut all: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for node in metadata["resolve"]["nodes"].as_array()? {
        let name = *names.get(node["id"].as_str()?)?;
        let normal = node["deps"].as_array()?.iter().filter(|dependency| is_normal(dependency));
        let targets = normal.filter_map(|dependency| names.get(dependency["pkg"].as_str()?));
        all.entry(name.to_owned()).or_default().extend(targets.map(|name| (*name).to_owned()));
    }
    let members = metadata["workspace_members"].as_array()?;
    let member_names = members.iter().filter_map(|id| names.get(id.as_str()?)).map(|name| (*name).to_owned());
    let ours = member_names.map(|name| (name.clone(), all.get(&name).cloned().unwrap_or_default())).collect();
    Some(Graph { ours, all })
}

fn is_normal(dependency: &Value) -> bool {
    dependency["dep_kinds"].as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind["kind"].is_null()))
}

/// The rows `| name | uses | ... |` of the crate map, with their line.
pub(crate) fn declared(page: &str) -> BTreeMap<String, (usize, BTreeSet<String>)> {
    let in_map = page.lines().enumerate().skip_while(|(_, line)| !line.starts_with("| crate | uses |"));
    let rows = in_map.skip(2).take_while(|(_, line)| line.starts_with('|'));
    rows.filter_map(|(number, line)| {
        let mut cells = line.split('|').skip(1).map(|cell| cell.trim().replace('`', ""));
        let name = cells.next()?;
        let uses = cells.next()?.split_whitespace().filter(|word| *word != "-").map(str::to_owned).collect();
        Some((name, (number + 1, uses)))
    })
    .collect()
}

fn compare(graph: &Graph, declared: &BTreeMap<String, (usize, BTreeSet<String>)>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (name, uses) in &graph.ours {
        let real: BTreeSet<String> =
            uses.iter().filter(|name| graph.ours.contains_key(*name)).cloned().collect();
        match declared.get(name) {
            None => problems.push(Problem::new(PAGE, 0, format!("the crate map has no row for `{name}`"))),
            Some((line, said)) if *said != real => {
                let what = format!("the crate map says `{name}` uses {said:?}, its Cargo.toml says {real:?}");
                problems.push(Problem::new(PAGE, *line, what));
            }
            Some(_) => {}
        }
    }
    for (name, (line, _)) in declared.iter().filter(|(name, _)| !graph.ours.contains_key(*name)) {
        problems.push(Problem::new(
            PAGE,
            *line,
            format!("the crate map lists `{name}`, which is no crate of ours"),
        ));
    }
    problems
}

fn homes(graph: &Graph) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (library, homes) in HOMES {
        for (name, uses) in &graph.ours {
            if uses.contains(*library) && !homes.contains(&name.as_str()) {
                let what =
                    format!("`{name}` depends on {library}, which belongs to {} alone", homes.join(", "));
                problems.push(Problem::new(PAGE, 0, what));
            }
        }
    }
    problems
}

fn purity(graph: &Graph) -> Vec<Problem> {
    let mut problems = Vec::new();
    for name in PURE {
        for library in reach(graph, name).into_iter().filter(|library| IMPURE.contains(&library.as_str())) {
            problems.push(Problem::new(
                PAGE,
                0,
                format!("`{name}` must decide without input or output, but reaches {library}"),
            ));
        }
    }
    problems
}

fn reach(graph: &Graph, from: &str) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut open = vec![from.to_owned()];
    while let Some(name) = open.pop() {
        for next in graph.all.get(&name).into_iter().flatten() {
            if seen.insert(next.clone()) {
                open.push(next.clone());
            }
        }
    }
    seen
}
