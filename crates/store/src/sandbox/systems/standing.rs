use rusqlite::params;

use crate::StoreError;
use crate::sandbox::{Change, View};

/// Why an interface carries nothing. One that is not listed is up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The interface.
    pub interface: String,
    /// One word: `stopped`, `stalled`, `expired`, `full`.
    pub standing: String,
    /// Why, for people.
    pub reason: String,
    /// Since when, virtual microseconds since 1970 UTC.
    pub since_us: i64,
}

impl View<'_> {
    /// The interfaces that carry nothing now.
    pub fn standings(&self) -> Result<Vec<Standing>, StoreError> {
        let sql =
            "SELECT interface, standing, reason, since_us FROM main.interface_standing ORDER BY interface";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([], |row| {
            Ok(Standing {
                interface: row.get(0)?,
                standing: row.get(1)?,
                reason: row.get(2)?,
                since_us: row.get(3)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Change<'_> {
    /// Lets an interface carry nothing from now on.
    pub fn close_interface(&self, standing: &Standing) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO main.interface_standing(interface, standing, reason, since_us)
                   VALUES(?1, ?2, ?3, ?4)";
        let Standing { interface, standing, reason, since_us } = standing;
        self.view()
            .connection
            .prepare_cached(sql)?
            .execute(params![interface, standing, reason, since_us])?;
        Ok(())
    }

    /// Lets an interface carry messages again.
    pub fn open_interface(&self, interface: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM main.interface_standing WHERE interface = ?1";
        self.view().connection.prepare_cached(sql)?.execute([interface])?;
        Ok(())
    }
}
