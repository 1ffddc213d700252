use rusqlite::{OptionalExtension, Row, params};

use super::{Records, SandboxId};
use crate::StoreError;

/// Versions of all models of one sandbox.
const VERSIONS_MAX: u32 = 100;
/// Bytes of the files of one sandbox.
const BYTES_MAX: u64 = 200 << 20;

/// A version of a model, without its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelVersion {
    /// The sandbox it belongs to.
    pub sandbox: SandboxId,
    /// The model.
    pub name: String,
    /// Its number, from 1.
    pub version: u32,
    /// What kind of model.
    pub kind: String,
    /// When it was made, in microseconds since 1970 UTC.
    pub made_us: i64,
    /// Who made it.
    pub made_by: String,
    /// SHA-256 of the file, lower-case hexadecimal.
    pub sha256: String,
    /// What it was made from and what is known of it, as JSON.
    pub record: String,
}

const VERSION: &str = "sandbox, name, version, kind, made_us, made_by, sha256, record";

fn version_from(row: &Row<'_>) -> rusqlite::Result<ModelVersion> {
    Ok(ModelVersion {
        sandbox: row.get(0)?,
        name: row.get(1)?,
        version: row.get(2)?,
        kind: row.get(3)?,
        made_us: row.get(4)?,
        made_by: row.get(5)?,
        sha256: row.get(6)?,
        record: row.get(7)?,
    })
}

impl Records {
    /// Keeps the next version of a model, whose number is given back; `model.version` is not read.
    ///
    /// # Errors
    /// [`StoreError::Full`] when the sandbox holds too much already.
    pub fn model_add(&self, model: &ModelVersion, file: &[u8]) -> Result<u32, StoreError> {
        self.connections.write(|transaction| {
            let (versions, bytes): (u32, u64) = transaction
                .prepare_cached("SELECT count(*), coalesce(sum(length(file)), 0) FROM models WHERE sandbox = ?1")?
                .query_row([&model.sandbox], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if versions >= VERSIONS_MAX || bytes + file.len() as u64 > BYTES_MAX {
                let (held, most) = (bytes >> 20, BYTES_MAX >> 20);
                let what = format!(
                    "this hospital keeps {versions} versions of models with {held} MB, and may keep {VERSIONS_MAX} with {most} MB; remove a model first"
                );
                return Err(StoreError::Full { what });
            }
            let version: u32 = transaction
                .prepare_cached("SELECT coalesce(max(version), 0) + 1 FROM models WHERE sandbox = ?1 AND name = ?2")?
                .query_row(params![model.sandbox, model.name], |row| row.get(0))?;
            transaction
                .prepare_cached(
                    "INSERT INTO models(sandbox, name, version, kind, made_us, made_by, sha256, record, file)
                     VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                )?
                .execute(params![
                    model.sandbox,
                    model.name,
                    version,
                    model.kind,
                    model.made_us,
                    model.made_by,
                    model.sha256,
                    model.record,
                    file
                ])?;
            Ok(version)
        })
    }

    /// The versions of all models of a sandbox, by name, the newest of each first.
    pub fn model_list(&self, sandbox: &SandboxId) -> Result<Vec<ModelVersion>, StoreError> {
        let sql = format!("SELECT {VERSION} FROM models WHERE sandbox = ?1 ORDER BY name, version DESC");
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(&sql)?;
            let versions = statement.query_map([sandbox], version_from)?;
            Ok(versions.collect::<Result<_, _>>()?)
        })
    }

    /// A version of a model.
    pub fn model(
        &self,
        sandbox: &SandboxId,
        name: &str,
        version: u32,
    ) -> Result<Option<ModelVersion>, StoreError> {
        let sql = format!("SELECT {VERSION} FROM models WHERE sandbox = ?1 AND name = ?2 AND version = ?3");
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(&sql)?;
            Ok(statement.query_row(params![sandbox, name, version], version_from).optional()?)
        })
    }

    /// The file of a version.
    pub fn model_file(
        &self,
        sandbox: &SandboxId,
        name: &str,
        version: u32,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let sql = "SELECT file FROM models WHERE sandbox = ?1 AND name = ?2 AND version = ?3";
        self.connections.read(|db| {
            let mut statement = db.prepare_cached(sql)?;
            Ok(statement.query_row(params![sandbox, name, version], |row| row.get(0)).optional()?)
        })
    }

    /// Removes a model with all its versions.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is no such model.
    pub fn model_remove(&self, sandbox: &SandboxId, name: &str) -> Result<(), StoreError> {
        self.connections.write(|transaction| {
            let sql = "DELETE FROM models WHERE sandbox = ?1 AND name = ?2";
            match transaction.prepare_cached(sql)?.execute(params![sandbox, name])? {
                0 => Err(StoreError::NotFound { what: format!("the model '{name:.80}'") }),
                _ => Ok(()),
            }
        })
    }
}
