use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, Row, params};

use crate::StoreError;
use crate::sandbox::{Change, View};

/// The version of a channel that runs, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deployment {
    /// The channel.
    pub name: String,
    /// The version's number.
    pub number: u64,
    /// `STARTED`, `PAUSED` or `STOPPED`.
    pub state: String,
    /// Since when, virtual microseconds since 1970 UTC.
    pub changed_us: i64,
}

/// How many messages of a channel are in which state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// At the source, by state.
    pub messages: BTreeMap<String, u64>,
    /// At the destinations, by destination and state.
    pub deliveries: BTreeMap<String, BTreeMap<String, u64>>,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Deployment> {
    Ok(Deployment { name: row.get(0)?, number: row.get(1)?, state: row.get(2)?, changed_us: row.get(3)? })
}

impl View<'_> {
    /// Every channel that is deployed, by name.
    pub fn deployments(&self) -> Result<Vec<Deployment>, StoreError> {
        let sql = "SELECT name, number, state, changed_us FROM main.channel_deployment ORDER BY name";
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
    }

    /// How a channel is deployed, if it is.
    pub fn deployment(&self, name: &str) -> Result<Option<Deployment>, StoreError> {
        let sql = "SELECT name, number, state, changed_us FROM main.channel_deployment WHERE name = ?1";
        Ok(self.connection.prepare_cached(sql)?.query_row([name], read).optional()?)
    }

    /// The messages of a channel, counted.
    pub fn channel_tally(&self, name: &str) -> Result<Tally, StoreError> {
        let mut tally = Tally::default();
        let sql = "SELECT state, count(*) FROM main.channel_message WHERE channel = ?1 GROUP BY state";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([name])?;
        while let Some(row) = rows.next()? {
            tally.messages.insert(row.get(0)?, row.get(1)?);
        }
        let sql = "SELECT destination, state, count(*) FROM main.channel_delivery WHERE channel = ?1
                   GROUP BY destination, state";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([name])?;
        while let Some(row) = rows.next()? {
            tally.deliveries.entry(row.get(0)?).or_default().insert(row.get(1)?, row.get(2)?);
        }
        Ok(tally)
    }
}

impl Change<'_> {
    /// Keeps how a channel is deployed, in the place of how it was.
    pub fn deploy_channel(&self, deployment: &Deployment) -> Result<(), StoreError> {
        let sql = "INSERT OR REPLACE INTO main.channel_deployment(name, number, state, changed_us) VALUES(?1, ?2, ?3, ?4)";
        let Deployment { name, number, state, changed_us } = deployment;
        self.view().connection.prepare_cached(sql)?.execute(params![name, number, state, changed_us])?;
        Ok(())
    }

    /// Takes a channel out of service. Its versions and messages stay.
    pub fn undeploy_channel(&self, name: &str) -> Result<(), StoreError> {
        let sql = "DELETE FROM main.channel_deployment WHERE name = ?1";
        self.view().connection.prepare_cached(sql)?.execute([name])?;
        Ok(())
    }
}
