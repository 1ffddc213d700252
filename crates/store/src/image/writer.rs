use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};
use serde_json::Value;
use sha2::{Digest, Sha256};
use standards::fhir::search::IndexEntry;

use super::catalogue::ImageInfo;
use super::packing::Exemplars;
use super::rows::Rows;
use crate::StoreError;
use crate::sqlite::{REFERENCES_OF, create_image, facts};

/// Fills a new image. Nothing appears under its final name until [`finish`](Self::finish).
pub struct ImageWriter {
    connection: Connection,
    partial: PathBuf,
    path: PathBuf,
    name: String,
    rows: Rows,
    exemplars: Exemplars,
    packed: Vec<u8>,
    digest: Sha256,
    resources: u32,
}

impl ImageWriter {
    /// Starts the image `name` in `folder`; a left-over of an interrupted build is thrown away.
    pub(super) fn create(folder: &Path, name: &str) -> Result<Self, StoreError> {
        fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
        let path = folder.join(format!("{name}.sqlite"));
        let partial = folder.join(format!("{name}.partial"));
        if partial.exists() {
            fs::remove_file(&partial).map_err(StoreError::io(&partial))?;
        }
        let connection = create_image(&partial)?;
        connection.execute_batch("BEGIN")?;
        Ok(Self {
            connection,
            partial,
            path,
            name: name.to_owned(),
            rows: Rows::default(),
            exemplars: Exemplars::default(),
            packed: Vec::new(),
            digest: Sha256::new(),
            resources: 0,
        })
    }

    /// Adds one resource with its index rows. `body`, JSON text with its id and meta, is read again as it is.
    pub fn add(
        &mut self,
        kind: &str,
        id: &str,
        updated_us: i64,
        body: &[u8],
        index: &[IndexEntry],
    ) -> Result<(), StoreError> {
        let rid = self.resources + 1;
        self.connection
            .prepare_cached(
                "INSERT INTO resource(rid, type, id, version, updated_us, head) VALUES(?1, ?2, ?3, 1, ?4, ?1)",
            )?
            .execute(params![rid, kind, id, updated_us])
            .map_err(|error| duplicate(error, kind, id))?;
        if self.exemplars.offer(kind, body) {
            self.connection.execute("INSERT INTO exemplar VALUES(?1, ?2)", params![kind, body])?;
        }
        let stored = self.exemplars.pack(kind, body, &mut self.packed);
        self.connection
            .prepare_cached(
                "INSERT INTO version(seq, rid, number, updated_us, method, change, body)
                 VALUES(?1, ?1, 1, ?2, 'PUT', 0, ?3)",
            )?
            .execute(params![rid, updated_us, stored])?;
        self.resources = rid;
        for part in [kind.as_bytes(), id.as_bytes(), body] {
            self.digest.update((part.len() as u64).to_be_bytes());
            self.digest.update(part);
        }
        for entry in index {
            self.rows.add(rid, entry);
        }
        if self.rows.is_full() {
            self.rows.write(&self.connection)?;
        }
        Ok(())
    }

    /// Resources added so far.
    pub fn len(&self) -> u32 {
        self.resources
    }

    /// Whether nothing was added yet.
    pub fn is_empty(&self) -> bool {
        self.resources == 0
    }

    /// Writes the index, seals the file with its digest and gives it its name. `origin` says how it was made: the
    /// recipe of a generated population, or the source of an import.
    pub fn finish(mut self, title: &str, origin: &Value) -> Result<ImageInfo, StoreError> {
        self.rows.write(&self.connection)?;
        self.connection.execute_batch(REFERENCES_OF)?;
        let digest = data_encoding::HEXLOWER.encode(&self.digest.finalize());
        let resources = self.resources.to_string();
        let origin = origin.to_string();
        for (name, value) in [
            ("digest", &digest),
            ("resources", &resources),
            ("title", &title.to_owned()),
            ("origin", &origin),
        ] {
            facts::set(&self.connection, name, value)?;
        }
        self.connection.execute_batch("COMMIT")?;
        self.connection.close().map_err(|(_, error)| StoreError::Sqlite(error))?;
        let file = fs::File::open(&self.partial).map_err(StoreError::io(&self.partial))?;
        file.sync_all().map_err(StoreError::io(&self.partial))?;
        fs::rename(&self.partial, &self.path).map_err(StoreError::io(&self.path))?;
        ImageInfo::read(&self.name, &self.path)
    }
}

fn duplicate(error: rusqlite::Error, kind: &str, id: &str) -> StoreError {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::ConstraintViolation) => StoreError::Conflict {
            what: format!("{kind}/{id} comes twice; an image holds one version of a resource"),
        },
        _ => error.into(),
    }
}
