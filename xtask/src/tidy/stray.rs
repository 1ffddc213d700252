//! Files nobody would look for: a top-level entry the table does not list, a Rust file no module names.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::Problem;
use crate::tidy::source::Source;

/// Everything that may stand at the root.
const TOP: &[&str] = &[
    ".cargo",
    ".ci",
    ".config",
    ".gitattributes",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "GLOSSARY.md",
    "LICENSE",
    "NOTICE",
    "README.md",
    "app",
    "benches",
    "clients",
    "clippy.toml",
    "content",
    "crates",
    "docs",
    "fuzz",
    "rust-toolchain.toml",
    "rustfmt.toml",
    "web",
    "xtask",
];

/// Top-level entries not in the table, and Rust files outside every module tree.
pub(crate) fn check(files: &[String], sources: &[Source]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let top: BTreeSet<&str> = files.iter().filter_map(|file| file.split('/').next()).collect();
    for entry in top.into_iter().filter(|entry| !TOP.contains(entry)) {
        problems.push(Problem::new(
            entry,
            0,
            "not a known entry of the root; move it, or add it to the table in xtask/src/tidy/stray.rs",
        ));
    }
    let texts: BTreeMap<&str, &str> =
        sources.iter().map(|source| (source.path.as_str(), source.text.as_str())).collect();
    for path in texts.keys().filter(|path| path.ends_with(".rs")) {
        if let Some((parents, module)) = parents(path)
            && !parents
                .iter()
                .any(|parent| texts.get(parent.as_str()).is_some_and(|text| declares(text, &module)))
        {
            problems.push(Problem::new(
                path,
                0,
                format!("no file says `mod {module};`, so this is never compiled"),
            ));
        }
    }
    problems
}

/// The files one of which must declare this one, and the name to declare; none for roots of a crate.
fn parents(path: &str) -> Option<(Vec<String>, String)> {
    let (folder, file) = path.rsplit_once('/')?;
    let name = file.strip_suffix(".rs")?;
    let root_of_crate = matches!(name, "main" | "lib" | "build")
        || ["src/bin", "tests", "benches", "examples", "fuzz_targets"]
            .iter()
            .any(|root| folder.ends_with(root));
    if root_of_crate {
        return None;
    }
    let (folder, module) = if name == "mod" { folder.rsplit_once('/')? } else { (folder, name) };
    let beside = ["mod.rs", "lib.rs", "main.rs"].map(|door| format!("{folder}/{door}"));
    let above = format!("{folder}.rs");
    Some((beside.into_iter().chain([above]).collect(), module.to_owned()))
}

fn declares(text: &str, module: &str) -> bool {
    let declaration = format!("mod {module};");
    text.lines().any(|line| line.trim_end().ends_with(&declaration) && !line.trim_start().starts_with("//"))
}
