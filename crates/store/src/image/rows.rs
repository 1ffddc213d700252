//! Index rows kept in memory as integers until they can be inserted in key order, which is several times faster than
//! inserting them as they come.

use std::collections::HashMap;

use rusqlite::{Connection, params};
use standards::fhir::search::{IndexEntry, IndexValue};

use crate::StoreError;
use crate::sqlite::{element_rid, system_key};

/// Rows held before they are written out: about 200 MB at most.
const ROWS_MAX: usize = 6_000_000;

#[derive(Default)]
pub(super) struct Rows {
    texts: Texts,
    /// (param, code, system, rid)
    tokens: Vec<(u32, u32, i64, i64)>,
    /// (param, value, exact, rid)
    strings: Vec<(u32, u32, u32, i64)>,
    /// (param, target, rid)
    references: Vec<(u32, u32, i64)>,
    /// (param, value, rid)
    uris: Vec<(u32, u32, i64)>,
    /// (param, value, rid)
    labels: Vec<(u32, u32, i64)>,
    /// (param, rid, low, high)
    dates: Vec<(u32, i64, i64, i64)>,
    numbers: Vec<(u32, i64, f64, f64)>,
    quantities: Vec<QuantityRow>,
    len: usize,
}

struct QuantityRow {
    param: u32,
    rid: i64,
    low: f64,
    high: f64,
    system: i64,
    code: u32,
    unit: u32,
}

impl Rows {
    pub(super) fn add(&mut self, rid: u32, entry: &IndexEntry) {
        let param = entry.param.0;
        let rid = element_rid(i64::from(rid), entry.element);
        self.len += 1;
        match &entry.value {
            IndexValue::Token { system, code } => {
                self.tokens.push((param, self.texts.number(code), system_key(system.as_deref()), rid));
            }
            IndexValue::String { value, exact } => {
                self.strings.push((param, self.texts.number(value), self.texts.number(exact), rid));
            }
            IndexValue::Reference { target } => self.references.push((param, self.texts.number(target), rid)),
            IndexValue::Uri { value } => self.uris.push((param, self.texts.number(value), rid)),
            IndexValue::Label { value } => self.labels.push((param, self.texts.number(value), rid)),
            IndexValue::Date { low_us, high_us } => self.dates.push((param, rid, *low_us, *high_us)),
            IndexValue::Number { low, high } => self.numbers.push((param, rid, *low, *high)),
            IndexValue::Quantity { low, high, system, code, unit } => self.quantities.push(QuantityRow {
                param,
                rid,
                low: *low,
                high: *high,
                system: system_key(system.as_deref()),
                code: self.texts.number(code.as_deref().unwrap_or_default()),
                unit: self.texts.number(unit.as_deref().unwrap_or_default()),
            }),
        }
    }

    pub(super) fn is_full(&self) -> bool {
        self.len >= ROWS_MAX
    }

    /// Writes everything held, in key order, and forgets it.
    pub(super) fn write(&mut self, connection: &Connection) -> Result<(), StoreError> {
        let rank = self.texts.ranks();
        let rank = |text: u32| rank[text as usize];
        self.tokens.sort_unstable_by_key(|row| (row.0, rank(row.1), row.3, row.2));
        self.strings.sort_unstable_by_key(|row| (row.0, rank(row.1), rank(row.2), row.3));
        self.references.sort_unstable_by_key(|row| (row.0, rank(row.1), row.2));
        self.uris.sort_unstable_by_key(|row| (row.0, rank(row.1), row.2));
        self.labels.sort_unstable_by_key(|row| (row.0, rank(row.1), row.2));
        self.dates.sort_unstable();
        self.numbers.sort_by_key(|row| (row.0, row.1));
        self.quantities.sort_by_key(|row| (row.param, row.rid));

        let text = |number: u32| self.texts.list[number as usize].as_ref();
        let mut insert = connection.prepare("INSERT OR IGNORE INTO token VALUES(?1, ?2, ?3, ?4)")?;
        for row in &self.tokens {
            insert.execute(params![row.0, text(row.1), row.2, row.3])?;
        }
        let mut insert = connection.prepare("INSERT OR IGNORE INTO string VALUES(?1, ?2, ?3, ?4)")?;
        for row in &self.strings {
            insert.execute(params![row.0, text(row.1), text(row.2), row.3])?;
        }
        for (table, rows) in [("reference", &self.references), ("uri", &self.uris), ("label", &self.labels)] {
            let mut insert =
                connection.prepare(&format!("INSERT OR IGNORE INTO {table} VALUES(?1, ?2, ?3)"))?;
            for row in rows {
                insert.execute(params![row.0, text(row.1), row.2])?;
            }
        }
        let mut insert = connection.prepare("INSERT OR IGNORE INTO date VALUES(?1, ?2, ?3, ?4)")?;
        for row in &self.dates {
            insert.execute(params![row.0, row.1, row.2, row.3])?;
        }
        let mut insert = connection.prepare("INSERT OR IGNORE INTO number VALUES(?1, ?2, ?3, ?4)")?;
        for row in &self.numbers {
            insert.execute(params![row.0, row.1, row.2, row.3])?;
        }
        let mut insert =
            connection.prepare("INSERT OR IGNORE INTO quantity VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)")?;
        for row in &self.quantities {
            insert.execute(params![
                row.param,
                row.rid,
                row.low,
                row.high,
                row.system,
                text(row.code),
                text(row.unit)
            ])?;
        }
        *self = Self::default();
        Ok(())
    }
}

/// Each distinct text once, by number.
#[derive(Default)]
struct Texts {
    numbers: HashMap<Box<str>, u32>,
    list: Vec<Box<str>>,
}

impl Texts {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.list.len() as u32;
        self.list.push(text.into());
        self.numbers.insert(text.into(), number);
        number
    }

    /// For each number its place in SQLite's order, which for UTF-8 text is byte order.
    fn ranks(&self) -> Vec<u32> {
        let mut sorted: Vec<u32> = (0..self.list.len() as u32).collect();
        sorted.sort_unstable_by_key(|number| &self.list[*number as usize]);
        let mut ranks = vec![0; sorted.len()];
        for (rank, number) in sorted.into_iter().enumerate() {
            ranks[number as usize] = rank as u32;
        }
        ranks
    }
}
