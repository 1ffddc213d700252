//! Resources by their numbers: a hospital in parts, each of which is the same as long as nothing in it was changed.

use std::ops::Range;

use data_encoding::HEXLOWER;
use rusqlite::types::ValueRef;
use rusqlite::{Params, Row};
use sha2::{Digest, Sha256};

use super::view::View;
use crate::StoreError;

/// What is done with a resource that the sandbox touched: its id, and its bytes unless it is gone.
type EachChanged<'a, E> = dyn FnMut(&str, Option<&[u8]>) -> Result<(), E> + 'a;

impl View<'_> {
    /// The highest number of a resource of the image. A sandbox numbers its own far beyond.
    pub fn image_last_number(&self) -> Result<i64, StoreError> {
        let sql = "SELECT coalesce(max(rid), 0) FROM image.resource";
        Ok(self.connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
    }

    /// The newest version of every resource of a type that is there and has a number within `numbers`, in a stable order:
    /// first those as the image has them, then those that were changed.
    pub fn each_body_within<E: From<StoreError>>(
        &self,
        kind: &str,
        numbers: &Range<i64>,
        each: &mut dyn FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let own = "r.type = ?1 AND r.rid >= ?2 AND r.rid < ?3 AND r.deleted = 0";
        for (schema, wanted) in [
            ("image", format!("{own} AND r.rid NOT IN (SELECT rid FROM main.resource)")),
            ("main", own.to_owned()),
        ] {
            let sql = format!(
                "SELECT v.body FROM {schema}.resource AS r JOIN {schema}.version AS v ON v.seq = r.head
                 WHERE {wanted} ORDER BY r.rid"
            );
            self.each_of(&sql, (kind, numbers.start, numbers.end), &mut |row| {
                each(&self.body(kind, row, 0)?)
            })?;
        }
        Ok(())
    }

    /// What the sandbox changed of a type within `numbers`, deletions included, as one SHA-256 in lower-case hexadecimal.
    /// Two hospitals over one image that have the same are the same there.
    pub fn digest_within(&self, kind: &str, numbers: &Range<i64>) -> Result<String, StoreError> {
        let mut digest = Sha256::new();
        let sql =
            "SELECT r.rid, r.deleted, v.body FROM main.resource AS r JOIN main.version AS v ON v.seq = r.head
                   WHERE r.type = ?1 AND r.rid >= ?2 AND r.rid < ?3 ORDER BY r.rid";
        self.each_of(sql, (kind, numbers.start, numbers.end), &mut |row| {
            digest.update(row.get::<_, i64>(0)?.to_be_bytes());
            digest.update(row.get::<_, i64>(1)?.to_be_bytes());
            let body = bytes(row, 2)?;
            digest.update((body.len() as u64).to_be_bytes());
            digest.update(body);
            Ok::<_, StoreError>(())
        })?;
        Ok(HEXLOWER.encode(&digest.finalize()))
    }

    /// Every resource of a type as the image has it, whatever the sandbox made of it.
    pub fn each_of_image<E: From<StoreError>>(
        &self,
        kind: &str,
        each: &mut dyn FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        let sql = "SELECT v.body FROM image.resource AS r JOIN image.version AS v ON v.seq = r.head
                   WHERE r.type = ?1 ORDER BY r.rid";
        self.each_of(sql, (kind,), &mut |row| each(&self.body(kind, row, 0)?))
    }

    /// Every resource of a type that the sandbox made, changed or deleted: its id, and its newest bytes unless it is gone.
    pub fn each_changed<E: From<StoreError>>(
        &self,
        kind: &str,
        each: &mut EachChanged<'_, E>,
    ) -> Result<(), E> {
        let sql =
            "SELECT r.id, r.deleted, v.body FROM main.resource AS r JOIN main.version AS v ON v.seq = r.head
                   WHERE r.type = ?1 ORDER BY r.rid";
        self.each_of(sql, (kind,), &mut |row| {
            let id: String = row.get(0).map_err(StoreError::from)?;
            let deleted: bool = row.get(1).map_err(StoreError::from)?;
            let body = if deleted { None } else { Some(self.body(kind, row, 2)?) };
            each(&id, body.as_deref())
        })
    }

    fn each_of<E: From<StoreError>>(
        &self,
        sql: &str,
        values: impl Params,
        each: &mut dyn FnMut(&Row<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let failed = |error: rusqlite::Error| E::from(StoreError::from(error));
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        let mut rows = statement.query(values).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            each(row)?;
        }
        Ok(())
    }

    fn body(&self, kind: &str, row: &Row<'_>, at: usize) -> Result<Vec<u8>, StoreError> {
        Ok(self.exemplars.unpack(kind, bytes(row, at)?)?)
    }
}

fn bytes<'r>(row: &'r Row<'_>, at: usize) -> Result<&'r [u8], StoreError> {
    Ok(match row.get_ref(at)? {
        ValueRef::Blob(bytes) | ValueRef::Text(bytes) => bytes,
        _ => &[],
    })
}
