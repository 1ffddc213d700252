use std::collections::HashMap;

use crate::telemetry::{FIELDS, Scalar, Signal};

/// Signals as columns: what is searched.
#[derive(Debug, Default)]
pub struct Table {
    pub(super) seqs: Vec<i64>,
    pub(super) times_us: Vec<i64>,
    pub(super) columns: Vec<Column>,
    /// Only looked up by name, never walked: the order of a map must not show.
    places: HashMap<String, usize>,
}

/// One field of all signals. A value is the number of a distinct text; 0 where the signal has none.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) texts: Vec<String>,
    pub(super) codes: Vec<u32>,
    known: HashMap<String, u32>,
}

impl Column {
    fn new() -> Self {
        let known = HashMap::from([(String::new(), 0)]);
        Self { texts: vec![String::new()], codes: Vec::new(), known }
    }

    fn push(&mut self, row: usize, text: String) {
        self.codes.resize(row, 0);
        let next = self.texts.len() as u32;
        let code = *self.known.entry(text.clone()).or_insert(next);
        if code == next {
            self.texts.push(text);
        }
        self.codes.push(code);
    }

    pub(super) fn code(&self, row: usize) -> u32 {
        self.codes.get(row).copied().unwrap_or(0)
    }

    pub(super) fn text(&self, row: usize) -> &str {
        &self.texts[self.code(row) as usize]
    }
}

impl Table {
    /// How many fields beyond the named ones a table keeps; more particulars than that are left out of searches.
    const COLUMNS_MAX: usize = 96;

    /// A table of these signals.
    #[must_use]
    pub fn of<'a>(signals: impl IntoIterator<Item = &'a Signal>) -> Self {
        let mut table = Self::default();
        for (name, _) in FIELDS {
            table.column(name);
        }
        signals.into_iter().for_each(|signal| table.push(signal));
        table
    }

    fn column(&mut self, name: &str) -> usize {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        self.columns.push(Column::new());
        self.places.insert(name.to_owned(), self.columns.len() - 1);
        self.columns.len() - 1
    }

    /// Adds a signal at the end.
    pub fn push(&mut self, signal: &Signal) {
        let row = self.seqs.len();
        self.seqs.push(signal.seq);
        self.times_us.push(signal.time_us);
        for (name, value) in &signal.fields {
            if !self.places.contains_key(name.as_ref()) && self.columns.len() >= Self::COLUMNS_MAX {
                continue;
            }
            let text = match value {
                Scalar::Text(text) => text.clone(),
                Scalar::Number(number) => number.to_string(),
            };
            let place = self.column(name);
            self.columns[place].push(row, text);
        }
    }

    /// How many signals it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.seqs.len()
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.seqs.is_empty()
    }

    pub(super) fn find(&self, name: &str) -> Option<&Column> {
        self.places.get(name).map(|place| &self.columns[*place])
    }
}
