//! A small hospital on disk, and short words for what tests do in it.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};
use standards::fhir::resource::{Stamp, identity, stamp};
use standards::fhir::search::query::{ParseContext, Query, parse};
use standards::fhir::search::{Parameters, extract};
use store::StoreError;
use store::image::{ImageInfo, Images};
use store::journal::{Filter, NewEntry};
use store::sandbox::{Change, Put, Sandbox, Sandboxes, View};
use tempfile::TempDir;

/// 2030-03-17T17:46:40Z: when the image was seen.
pub(crate) const START_US: i64 = 1_900_000_000_000_000;
pub(crate) const SECOND_US: i64 = 1_000_000;
pub(crate) const ID: &str = "abcdefgh";
pub(crate) const IMAGE: &str = "small";

/// An image, the folder of sandboxes, and one sandbox over the image.
pub(crate) struct Hospital {
    pub(crate) sandbox: Arc<Sandbox>,
    pub(crate) sandboxes: Sandboxes,
    pub(crate) folder: TempDir,
    now_us: Cell<i64>,
}

/// A hospital whose image holds `resources`.
pub(crate) fn hospital(resources: &[Value]) -> Hospital {
    let folder = tempfile::tempdir().unwrap();
    build_image(folder.path(), IMAGE, resources);
    let sandboxes = sandboxes(folder.path(), 10);
    let sandbox = sandboxes.create(ID, IMAGE, &[], &event("sandbox.started"), START_US).unwrap();
    Hospital { sandbox, sandboxes, folder, now_us: Cell::new(START_US) }
}

pub(crate) fn images(folder: &Path) -> Images {
    Images::new(folder.join("images"))
}

pub(crate) fn sandboxes(folder: &Path, open_max: usize) -> Sandboxes {
    Sandboxes::new(folder.join("sandboxes"), images(folder), open_max).unwrap()
}

pub(crate) fn build_image(folder: &Path, name: &str, resources: &[Value]) -> ImageInfo {
    let mut writer = images(folder).create(name).unwrap();
    for resource in resources {
        let (kind, id) = identity(resource).unwrap();
        let body = stamped(resource, 1, START_US);
        writer.add(kind, id, START_US, &body, &extract(resource)).unwrap();
    }
    writer.finish("A small hospital", &json!({"made": "for a test"})).unwrap()
}

impl Hospital {
    /// The next second of this hospital.
    pub(crate) fn tick(&self) -> i64 {
        self.now_us.set(self.now_us.get() + SECOND_US);
        self.now_us.get()
    }

    /// Stores `resource` as a change of its own; returns its version.
    pub(crate) fn put(&self, resource: &Value) -> u64 {
        let at_us = self.tick();
        self.sandbox.change(|change| put(change, resource, at_us)).unwrap()
    }

    /// Deletes a resource as a change of its own.
    pub(crate) fn delete(&self, kind: &str, id: &str) {
        let at_us = self.tick();
        self.sandbox.change(|change| delete(change, kind, id, at_us)).unwrap();
    }

    /// Takes the newest change back; whether there was one.
    pub(crate) fn undo(&self) -> bool {
        self.sandbox.undo(|_| event("sandbox.undo")).unwrap().is_some()
    }

    pub(crate) fn reset(&self) {
        self.sandboxes.reset(&self.sandbox, &[], |seq, _| ended("sandbox.reset", seq)).unwrap();
    }

    pub(crate) fn return_to(&self, name: &str) {
        self.sandbox.return_to_snapshot(name, |seq, _| ended("sandbox.returned", seq)).unwrap();
    }

    /// Closes the sandbox, lets `work` at its file, and opens it again.
    pub(crate) fn while_closed(self, work: impl FnOnce(&Path)) -> Self {
        let Self { sandbox, sandboxes, folder, now_us } = self;
        drop(sandbox);
        assert_eq!(sandboxes.close_idle(i64::MAX), 1, "somebody still holds the sandbox");
        work(&file_in(folder.path()));
        let sandbox = sandboxes.open(ID, START_US).unwrap();
        Self { sandbox, sandboxes, folder, now_us }
    }

    /// The ids that a search finds, in order, all pages of it.
    pub(crate) fn found(&self, kind: &str, query: &str) -> Vec<String> {
        self.sandbox.view(|view| found(view, kind, query))
    }

    /// The body of a resource as it stands now; none if it is deleted or never was.
    pub(crate) fn body(&self, kind: &str, id: &str) -> Option<Vec<u8>> {
        let stored = self.sandbox.view(|view| view.get(kind, id)).unwrap();
        stored.filter(|stored| !stored.deleted).map(|stored| stored.body)
    }

    /// The kinds of all journal entries, oldest first.
    pub(crate) fn kinds(&self) -> Vec<String> {
        let entries = self.sandbox.journal(&Filter::default()).unwrap();
        entries.into_iter().map(|entry| entry.event.kind).collect()
    }
}

fn file_in(folder: &Path) -> PathBuf {
    folder.join("sandboxes").join(ID).join("hospital.sqlite")
}

/// Stores the next version of `resource`.
pub(crate) fn put(change: &mut Change<'_>, resource: &Value, updated_us: i64) -> Result<u64, StoreError> {
    let (kind, id) = identity(resource).unwrap();
    let version = change.last_version(kind, id)? + 1;
    let (kind_of, method) = if version == 1 { ("fhir.create", "POST") } else { ("fhir.update", "PUT") };
    let (body, index) = (stamped(resource, version, updated_us), extract(resource));
    change
        .put(&Put { kind, id, version, updated_us, method, body: &body, index: &index }, &event(kind_of))?;
    Ok(version)
}

/// Stores a tombstone.
pub(crate) fn delete(
    change: &mut Change<'_>,
    kind: &str,
    id: &str,
    updated_us: i64,
) -> Result<(), StoreError> {
    let version = change.last_version(kind, id)? + 1;
    let put = Put { kind, id, version, updated_us, method: "DELETE", body: &[], index: &[] };
    change.put(&put, &event("fhir.delete")).map(|_| ())
}

pub(crate) fn stamped(resource: &Value, version: u64, last_updated_us: i64) -> Vec<u8> {
    let (_, id) = identity(resource).unwrap();
    stamp(resource.to_string().as_bytes(), &Stamp { id, version, last_updated_us }).unwrap()
}

pub(crate) fn event(kind: &str) -> NewEntry {
    NewEntry {
        virtual_us: START_US,
        wall_us: START_US,
        actor: "ana".to_owned(),
        source: "client".to_owned(),
        target: "EHR".to_owned(),
        kind: kind.to_owned(),
        subject: None,
        outcome: "ok".to_owned(),
        detail: json!({}),
    }
}

/// An entry that says where the journal before it ended.
pub(crate) fn ended(kind: &str, seq: i64) -> NewEntry {
    NewEntry { detail: json!({"ended": seq}), ..event(kind) }
}

/// Reads a query string whose values need no decoding; it must be understood whole.
pub(crate) fn query(kind: &str, text: &str) -> Query {
    let pairs: Vec<(String, String)> = text
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    let context = ParseContext::new("http://here.example/fhir", START_US);
    let query = parse(kind, &pairs, Parameters::r4(), &context);
    assert_eq!(query.problems, [], "{kind}?{text}");
    query
}

/// The ids that a search finds, in order, all pages of it.
pub(crate) fn found(view: View<'_>, kind: &str, text: &str) -> Vec<String> {
    let mut query = query(kind, text);
    let mut ids = Vec::new();
    loop {
        let page = view.search(&query, query.count.unwrap_or(50)).unwrap();
        ids.extend(page.hits.into_iter().map(|stored| stored.id));
        assert!(ids.len() < 10_000, "the pages of {kind}?{text} have no end");
        query.cursor = page.next;
        if query.cursor.is_none() {
            return ids;
        }
    }
}

pub(crate) fn patient(id: &str, family: &str) -> Value {
    json!({"resourceType": "Patient", "id": id, "name": [{"family": family}], "identifier": [{"system": "http://mrn.example", "value": id}]})
}
