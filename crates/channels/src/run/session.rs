use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::document::Document;
use super::outcome::{LogLine, Maps, Received};
use crate::channel::Tables;
use crate::limits::Limits;

/// The message that is read, among a session's documents.
pub(crate) const MSG: usize = 0;
/// The message that is begun from a template.
pub(crate) const TMP: usize = 1;

/// Everything that the steps of one message see and change.
#[derive(Debug, Default)]
pub(crate) struct Session {
    pub(crate) documents: [Option<Document>; 2],
    /// The message as it came, for the preprocessor.
    pub(crate) raw: String,
    pub(crate) maps: Maps,
    /// The map of the connector at work.
    pub(crate) connector_map: BTreeMap<String, Value>,
    pub(crate) tables: Arc<Tables>,
    pub(crate) logs: Vec<LogLine>,
    pub(crate) logs_dropped: usize,
    /// Names of all destinations, for those who keep only some.
    pub(crate) destinations: Vec<String>,
    /// Those that a script took out.
    pub(crate) removed: BTreeSet<String>,
    pub(crate) limits: Limits,
    pub(crate) now_us: i64,
    pub(crate) seed: u64,
}

impl Session {
    pub(crate) fn new(
        received: &Received<'_>,
        tables: Arc<Tables>,
        destinations: Vec<String>,
        limits: &Limits,
    ) -> Self {
        Self {
            raw: String::from_utf8_lossy(received.raw).into_owned(),
            maps: Maps { source: received.source_map.clone(), channel: BTreeMap::new() },
            tables,
            destinations,
            limits: *limits,
            now_us: received.now_us,
            seed: received.seed,
            ..Self::default()
        }
    }

    /// A value of a table.
    pub(crate) fn lookup(&self, table: &str, key: &str, column: &str) -> Result<Option<&str>, String> {
        let rows = self.tables.get(table).ok_or_else(|| {
            let known: Vec<&str> = self.tables.keys().map(String::as_str).collect();
            format!("there is no table \"{table}\"; the channel has: {}", known.join(", "))
        })?;
        Ok(rows.get(key).and_then(|row| row.get(column)).map(String::as_str))
    }

    /// Keeps a line, cut to length, or counts it.
    pub(crate) fn log(&mut self, level: &str, text: &str) {
        if self.logs.len() >= self.limits.log_lines_max {
            self.logs_dropped += 1;
            return;
        }
        let text = text.chars().take(self.limits.log_chars_max).collect();
        self.logs.push(LogLine { level: level.to_owned(), text });
    }

    /// Keeps a value of the channel's or connector's map.
    pub(crate) fn put(&mut self, connector: bool, key: &str, value: Value) -> Result<(), String> {
        let most = self.limits.map_values_max;
        let map = if connector { &mut self.connector_map } else { &mut self.maps.channel };
        if map.len() >= most && !map.contains_key(key) {
            return Err(format!("the map holds {most} values already; keep less in it"));
        }
        map.insert(key.to_owned(), value);
        Ok(())
    }

    /// A value by name: the connector's map first, then the channel's, then the source's.
    pub(crate) fn variable(&self, name: &str) -> Option<&Value> {
        self.connector_map
            .get(name)
            .or_else(|| self.maps.channel.get(name))
            .or_else(|| self.maps.source.get(name))
    }
}
