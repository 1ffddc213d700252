use super::Records;
use crate::StoreError;

impl Records {
    /// The key of this name: the one made before, or `fresh`, which is then kept for good.
    pub fn key(&self, name: &str, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        self.connections.write(|transaction| {
            transaction
                .prepare_cached("INSERT INTO keys(name, key) VALUES(?1, ?2) ON CONFLICT(name) DO NOTHING")?
                .execute(rusqlite::params![name, fresh])?;
            let mut statement = transaction.prepare_cached("SELECT key FROM keys WHERE name = ?1")?;
            Ok(statement.query_row([name], |row| row.get(0))?)
        })
    }
}
