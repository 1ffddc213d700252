use rusqlite::{OptionalExtension, Row, params};

use crate::StoreError;
use crate::sandbox::{Change, View};

/// A channel as it was saved once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelVersion {
    /// The channel's name.
    pub name: String,
    /// The version's number, from 1.
    pub number: u64,
    /// The channel file.
    pub text: String,
    /// Who saved it.
    pub author: String,
    /// Why, in the author's words.
    pub note: String,
    /// When, virtual microseconds since 1970 UTC.
    pub saved_us: i64,
}

const COLUMNS: &str = "name, number, text, author, note, saved_us";

fn read(row: &Row<'_>) -> rusqlite::Result<ChannelVersion> {
    Ok(ChannelVersion {
        name: row.get(0)?,
        number: row.get(1)?,
        text: row.get(2)?,
        author: row.get(3)?,
        note: row.get(4)?,
        saved_us: row.get(5)?,
    })
}

impl View<'_> {
    /// The newest version of every channel, by name.
    pub fn channels(&self) -> Result<Vec<ChannelVersion>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM main.channel_version AS v
             WHERE number = (SELECT max(number) FROM main.channel_version WHERE name = v.name) ORDER BY name"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
    }

    /// Every version of a channel, newest first.
    pub fn channel_versions(&self, name: &str) -> Result<Vec<ChannelVersion>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM main.channel_version WHERE name = ?1 ORDER BY number DESC");
        let mut statement = self.connection.prepare_cached(&sql)?;
        Ok(statement.query_map([name], read)?.collect::<Result<_, _>>()?)
    }

    /// One version of a channel; the newest where no number is given.
    pub fn channel(&self, name: &str, number: Option<u64>) -> Result<Option<ChannelVersion>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM main.channel_version WHERE name = ?1 AND (?2 IS NULL OR number = ?2)
             ORDER BY number DESC LIMIT 1"
        );
        Ok(self.connection.prepare_cached(&sql)?.query_row(params![name, number], read).optional()?)
    }
}

impl Change<'_> {
    /// Saves a version of a channel; its number has to follow the newest.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] where it does not.
    pub fn save_channel(&self, version: &ChannelVersion) -> Result<(), StoreError> {
        let newest = self.view().channel(&version.name, None)?.map_or(0, |newest| newest.number);
        if version.number != newest + 1 {
            let what = format!(
                "the channel \"{}\" is at version {newest}, which {} does not follow",
                version.name, version.number
            );
            return Err(StoreError::Conflict { what });
        }
        let sql = format!("INSERT INTO main.channel_version({COLUMNS}) VALUES(?1, ?2, ?3, ?4, ?5, ?6)");
        let ChannelVersion { name, number, text, author, note, saved_us } = version;
        self.view()
            .connection
            .prepare_cached(&sql)?
            .execute(params![name, number, text, author, note, saved_us])?;
        Ok(())
    }
}
