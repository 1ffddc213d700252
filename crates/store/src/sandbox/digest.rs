use data_encoding::HEXLOWER;
use rusqlite::params;
use sha2::{Digest, Sha256};

use super::handle::Sandbox;
use crate::StoreError;

impl Sandbox {
    /// The state of the whole hospital as one SHA-256, lower-case hexadecimal: its image and every resource that
    /// differs from it, with all its versions, and every imaging object it was sent. The journal is left out: looking is no change.
    pub fn state_digest(&self) -> Result<String, StoreError> {
        let state = self.state();
        let mut digest = Sha256::new();
        digest.update(self.image().digest.as_bytes());
        let mut statement = state.connection.prepare_cached(
            "SELECT r.type, r.id, v.number, v.method, v.updated_us, v.body
             FROM main.version AS v JOIN main.resource AS r ON r.rid = v.rid ORDER BY r.type, r.id, v.number",
        )?;
        let mut rows = statement.query(params![])?;
        while let Some(row) = rows.next()? {
            for text in [0, 1, 3].map(|column| row.get_ref(column)) {
                update(&mut digest, text?.as_str().map_err(rusqlite::Error::from)?.as_bytes());
            }
            for number in [row.get::<_, i64>(2)?, row.get(4)?] {
                digest.update(number.to_be_bytes());
            }
            update(&mut digest, row.get_ref(5)?.as_blob().map_err(rusqlite::Error::from)?);
        }
        let mut statement = state
            .connection
            .prepare_cached("SELECT sop_instance, bytes FROM main.instance ORDER BY sop_instance")?;
        let mut rows = statement.query(params![])?;
        while let Some(row) = rows.next()? {
            update(&mut digest, row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?.as_bytes());
            update(&mut digest, row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?);
        }
        Ok(HEXLOWER.encode(&digest.finalize()))
    }
}

fn update(digest: &mut Sha256, bytes: &[u8]) {
    digest.update((bytes.len() as u64).to_be_bytes());
    digest.update(bytes);
}
