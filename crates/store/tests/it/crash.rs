//! Kill -9 in the middle of writing: nothing acknowledged is lost, nothing is half there.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use store::journal::Filter;
use store::sandbox::Sandbox;

use crate::hospital::{
    ID, IMAGE, SECOND_US, START_US, build_image, event, found, patient, put, sandboxes, stamped,
};

/// Resources that the child stores in one change.
const TOGETHER: usize = 3;

/// The resource that the child stores under a number: several pages of the database long, so that a kill may meet it
/// half-written.
fn resource(number: usize) -> Value {
    let mut patient = patient(&format!("n{number}"), "Berg");
    patient["text"] =
        json!({"status": "generated", "div": format!("{number} ").repeat(500 + number % 7 * 1000)});
    patient
}

fn body(number: usize) -> Vec<u8> {
    stamped(&resource(number), 1, START_US + number as i64 * SECOND_US)
}

/// The child's whole life: it writes until it is killed, and says what it has been told is stored. Its folder is the
/// current one; run by hand it finds no hospital there and ends.
#[test]
#[ignore = "runs in a process of its own, started by the test below"]
fn child() {
    let folder = std::env::current_dir().unwrap();
    if !folder.join("killed-by-its-parent").exists() {
        return;
    }
    let sandbox = sandboxes(&folder, 1).open(ID, START_US).unwrap();
    let first = live(&sandbox).len();
    let mut out = std::io::stdout().lock();
    for number in (first..).step_by(TOGETHER) {
        sandbox
            .change(|change| {
                (number..number + TOGETHER).try_for_each(|number| {
                    put(change, &resource(number), START_US + number as i64 * SECOND_US).map(|_| ())
                })
            })
            .unwrap();
        writeln!(out, "\nstored {}", number + TOGETHER).unwrap();
    }
}

/// Lets a child write until it has acknowledged `changes` more changes, then kills it. Returns how many resources it
/// said were stored, those it said with its last breath included.
fn kill_after(folder: &Path, changes: usize) -> usize {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["crash::child", "--exact", "--ignored", "--nocapture"])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let said = lines.map_while(Result::ok).filter_map(|line| line.strip_prefix("stored ")?.parse().ok());
    let mut last = 0;
    for (at, stored) in said.enumerate() {
        last = stored;
        if at + 1 == changes {
            child.kill().unwrap();
        }
    }
    assert!(!child.wait().unwrap().success(), "the child was killed");
    last
}

fn live(sandbox: &Sandbox) -> BTreeMap<String, Vec<u8>> {
    let mut live = BTreeMap::new();
    let each = |stored: store::sandbox::Stored| {
        live.insert(stored.id, stored.body);
        Ok(())
    };
    sandbox.view(|view| view.each_resource(None, each)).unwrap();
    live
}

#[test]
fn a_kill_loses_nothing_acknowledged_and_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    build_image(folder.path(), IMAGE, &[]);
    std::fs::write(folder.path().join("killed-by-its-parent"), b"").unwrap();
    sandboxes(folder.path(), 1).create(ID, IMAGE, &[], &event("sandbox.started"), START_US).unwrap();
    for changes in [1, 5, 2, 9, 3, 20] {
        let acknowledged = kill_after(folder.path(), changes);
        let sandbox = sandboxes(folder.path(), 1).open(ID, START_US).unwrap();
        let live = live(&sandbox);
        assert!(live.len() >= acknowledged, "{} of {acknowledged} acknowledged are there", live.len());
        assert_eq!(live.len() % TOGETHER, 0, "a change is there whole or not at all");
        for number in 0..live.len() {
            assert_eq!(live.get(&format!("n{number}")), Some(&body(number)), "resource {number}");
        }
        let indexed = sandbox.view(|view| found(view, "Patient", "family=berg&_count=1000"));
        assert_eq!(indexed.len(), live.len(), "every resource has its index rows, and no other has");
        let creates = Filter { kinds: vec!["fhir.create".to_owned()], ..Filter::default() };
        assert_eq!(sandbox.journal(&creates).unwrap().len(), live.len(), "and its journal entry");
        assert_eq!(sandbox.journal_break().unwrap(), None);
    }
}
