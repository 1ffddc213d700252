use serde_json::json;

use crate::tidy::source::Source;
use crate::tidy::{check, doors, graph, lengths, links, stray, words};

fn source(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

#[test]
fn the_repository_is_tidy() {
    let problems = check().unwrap();
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(problems.is_empty(), "{}", lines.join("\n"));
}

#[test]
fn a_door_holds_no_logic() {
    let cases = [
        ("//! Essay.\n\nmod a;\npub use a::{\n    B,\n    C,\n};\n#[cfg(test)]\nmod tests;\n", None),
        ("pub(crate) mod a;\npub(in crate::b) use a::B;\n", None),
        ("mod a;\n\npub fn f() {}\n", Some(3)),
        ("const A: u8 = 1;\n", Some(1)),
    ];
    for (text, line) in cases {
        assert_eq!(
            doors::check(&source("crates/a/src/b/mod.rs", text)).map(|found| found.line),
            line,
            "{text}"
        );
        assert_eq!(doors::check(&source("crates/a/src/b.rs", text)), None);
    }
}

#[test]
fn words_are_forbidden_only_in_their_places() {
    let cases = [
        ("crates/hospital/src/a.rs", "use std::fs;", 1),
        ("crates/store/src/a.rs", "use std::fs;", 0),
        ("crates/hospital/src/a/tests.rs", "use std::fs;", 0),
        ("crates/training/src/a.rs", "let a: HashMap<u8, u8>;\nHashMap::new();", 2),
        ("crates/standards/src/a.rs", "SystemTime::UNIX_EPOCH", 1),
        ("README.md", concat!("a TO", "DO here"), 1),
        ("web/package-lock.json", concat!("\"https://registry.", "npmjs.org/a\""), 1),
        ("Cargo.lock", concat!("index.", "crates.io"), 0),
    ];
    for (path, text, count) in cases {
        assert_eq!(words::check(&source(path, text)).len(), count, "{path}: {text}");
    }
}

#[test]
fn links_lead_to_files_and_headings() {
    let page = "# A b\n[x](docs/a.md) [y](#a-b) [z](docs) [w](https://example.org/q)\n`[code](gone.md)`\n```\n[c](gone.md)\n```\n[bad](gone.md)\n[bad](docs/a.md#gone)\n";
    let sources = [source("README.md", page), source("docs/a.md", "# Title\n[up](../README.md#a-b)\n")];
    let files = ["README.md".to_owned(), "docs/a.md".to_owned()];
    let lines: Vec<usize> = links::check(&sources, &files).iter().map(|found| found.line).collect();
    assert_eq!(lines, [7, 8]);
}

#[test]
fn stray_files_are_found() {
    let sources = [
        source("crates/a/src/lib.rs", "mod b;\n// mod gone;\n"),
        source("crates/a/src/b/mod.rs", "mod c;\n"),
        source("crates/a/src/b/c.rs", ""),
        source("crates/a/src/gone.rs", ""),
        source("crates/a/tests/it/main.rs", "mod one;\n"),
        source("crates/a/tests/it/one.rs", ""),
        source("crates/a/build.rs", ""),
    ];
    let mut files: Vec<String> = sources.iter().map(|source| source.path.clone()).collect();
    files.push("notes.txt".to_owned());
    let found: Vec<String> = stray::check(&files, &sources).into_iter().map(|found| found.file).collect();
    assert_eq!(found, ["notes.txt", "crates/a/src/gone.rs"]);
}

#[test]
fn functions_are_measured() {
    let text = "impl A {\n    pub(crate) async fn one(\n        a: u8,\n    ) {\n        b();\n    }\n}\n\nfn two() {}\n// the fn three\n";
    assert_eq!(
        lengths::functions(&source("a.rs", text)),
        [(5, "a.rs:2 one".to_owned()), (1, "a.rs:9 two".to_owned())]
    );
}

#[test]
fn the_graph_is_held_to_the_map_and_to_the_homes() {
    let map = "| crate | uses | holds |\n|---|---|---|\n| `hospital` | `standards` | a |\n| `standards` | - | b |\n| `gone` | - | c |\n";
    let package = |name: &str| json!({"id": name, "name": name});
    let node = |name: &str, uses: &[&str]| {
        let deps: Vec<_> =
            uses.iter().map(|uses| json!({"pkg": uses, "dep_kinds": [{"kind": null}]})).collect();
        json!({"id": name, "deps": deps})
    };
    let metadata = json!({
        "packages": [package("hospital"), package("standards"), package("rusqlite"), package("middle"), package("tokio")],
        "workspace_members": ["hospital", "standards"],
        "resolve": {"nodes": [
            node("hospital", &["rusqlite"]), node("standards", &["middle"]), node("middle", &["tokio"]),
            node("rusqlite", &[]), node("tokio", &[])
        ]}
    });
    let problems = graph::check(&metadata, &[source("ARCHITECTURE.md", map)]).unwrap();
    let what: Vec<&str> = problems.iter().map(|found| found.what.as_str()).collect();
    for expected in [
        "says `hospital` uses {\"standards\"}",
        "lists `gone`",
        "`hospital` depends on rusqlite",
        "`hospital` must decide without input or output, but reaches rusqlite",
        "`standards` must decide without input or output, but reaches tokio",
    ] {
        assert!(what.iter().any(|what| what.contains(expected)), "{expected} not in {what:?}");
    }
    assert_eq!(what.len(), 5, "{what:?}");
}
