//! The thread that writes an export.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use serde_json::{Value, json};
use standards::fhir::search::query::Query;
use store::StoreError;
use store::sandbox::Frozen;

use super::job::{Job, State};
use super::manifest::{Manifest, Output};
use super::ndjson::Lines;
use super::part::{About, Part};
use crate::access::{Access, outcome};
use crate::clock::Clock;

/// How long an export is kept once it is done.
const KEPT_US: i64 = 3_600_000_000;
/// Deletions told of in one Bundle, which is one line.
const DELETIONS_A_LINE: usize = 100;
/// The file that tells of them.
const DELETED: &str = "deleted.ndjson";

/// All that the thread needs.
pub(super) struct Work {
    pub(super) job: Arc<Job>,
    pub(super) id: String,
    pub(super) access: Access,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) frozen: Frozen,
    pub(super) kinds: Vec<String>,
    pub(super) since_us: Option<i64>,
    pub(super) filters: BTreeMap<String, Vec<Query>>,
    pub(super) about: About,
    pub(super) transaction_us: i64,
    pub(super) request: String,
}

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error("it was cancelled")]
    Cancelled,
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("a file could not be written: {0}")]
    File(#[from] io::Error),
}

impl Work {
    /// Writes everything, and says how that went. Whatever happens, the job does not stay at work.
    pub(super) fn run(self) {
        let unfinished = Unfinished(&self.job, self.clock.as_ref());
        let result = self.write();
        if self.job.is_cancelled() {
            self.job.remove_files();
            drop(unfinished);
            return;
        }
        let expires_us = self.clock.now_us() + KEPT_US;
        match result {
            Ok(manifest) => {
                self.note(
                    outcome::OK,
                    json!({"step": "done", "files": manifest.output.len() + manifest.deleted.len()}),
                );
                self.job.set(State::Done { manifest, expires_us });
            }
            Err(error) => {
                tracing::error!(sandbox.id = %self.job.sandbox, %error, "an export failed");
                self.note("internal", json!({"step": "failed"}));
                self.job.remove_files();
                self.job.set(State::Failed { expires_us });
            }
        }
        if self.job.is_cancelled() {
            self.job.remove_files();
        }
    }

    fn write(&self) -> Result<Manifest, Stopped> {
        let mut output = Vec::new();
        for kind in &self.kinds {
            output.extend(self.write_kind(kind)?);
        }
        let deleted = match self.since_us {
            Some(since_us) => self.write_deleted(since_us)?,
            None => None,
        };
        let (transaction_us, request) = (self.transaction_us, self.request.clone());
        Ok(Manifest { transaction_us, request, output, deleted: deleted.into_iter().collect() })
    }

    /// The file of one type, if there is anything to put into it.
    fn write_kind(&self, kind: &str) -> Result<Option<Output>, Stopped> {
        let filters = self.filters.get(kind).map(Vec::as_slice).unwrap_or_default();
        let part = Part { kind, since_us: self.since_us, filters, about: &self.about };
        let file = format!("{kind}.ndjson");
        let mut lines = None;
        part.each(self.frozen.view(), &mut |body| {
            if self.job.is_cancelled() {
                return Err(Stopped::Cancelled);
            }
            self.add(&mut lines, &file, body)?;
            self.job.resources.fetch_add(1, Ordering::Relaxed);
            Ok(())
        })?;
        let Some(lines) = lines else { return Ok(None) };
        Ok(Some(Output { kind: kind.to_owned(), file, count: lines.finish()? }))
    }

    /// The file of deletions, if there were any.
    fn write_deleted(&self, since_us: i64) -> Result<Option<Output>, Stopped> {
        let mut lines = None;
        for kind in &self.kinds {
            for ids in self.frozen.view().deleted_since(kind, since_us)?.chunks(DELETIONS_A_LINE) {
                let entry =
                    |id: &String| json!({"request": {"method": "DELETE", "url": format!("{kind}/{id}")}});
                let entries: Vec<Value> = ids.iter().map(entry).collect();
                let bundle = json!({"resourceType": "Bundle", "type": "transaction", "entry": entries});
                self.add(&mut lines, DELETED, bundle.to_string().as_bytes())?;
            }
        }
        let Some(lines) = lines else { return Ok(None) };
        Ok(Some(Output { kind: "Bundle".to_owned(), file: DELETED.to_owned(), count: lines.finish()? }))
    }

    fn add(&self, lines: &mut Option<Lines>, file: &str, document: &[u8]) -> Result<(), Stopped> {
        let lines = match lines {
            Some(lines) => lines,
            None => lines.insert(Lines::create(&self.job.folder.join(file))?),
        };
        lines.add(document)?;
        self.job.bytes.fetch_add(document.len() as u64 + 1, Ordering::Relaxed);
        Ok(())
    }

    /// Journals how it ended, at the time when it did.
    fn note(&self, outcome: &str, mut detail: Value) {
        detail["job"] = self.id.as_str().into();
        detail["resources"] = self.job.resources.load(Ordering::Relaxed).into();
        let mut event = self.access.event(super::start::KIND, None, outcome, detail);
        event.wall_us = self.clock.now_us();
        event.virtual_us = self.access.clock().now(event.wall_us);
        if let Err(error) = self.access.note(event) {
            tracing::error!(%error, "the end of an export was not journalled");
        }
    }
}

/// Ends a job that is still said to be at work when its thread ends, whatever ended it.
struct Unfinished<'a>(&'a Job, &'a dyn Clock);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        if self.0.is_running() {
            self.0.set(State::Failed { expires_us: self.1.now_us() + KEPT_US });
        }
    }
}

/// Makes the folder of a job.
pub(super) fn make_folder(job: &Job) -> Result<(), StoreError> {
    fs::create_dir_all(&job.folder).map_err(StoreError::io(&job.folder))
}
