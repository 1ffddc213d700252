use std::sync::{Mutex, PoisonError};

use security::query::{Answer, Query, Table, run};
use security::telemetry::Signal;
use store::StoreError;
use store::journal::{Filter, Hash};

use super::signals::{ENTRIES_MAX, newest, record};
use crate::access::Access;

/// Journals as tables, kept from one search to the next: a search reads what is new, and looks at the rest where it lies.
///
/// The fields that no entry holds are not among them, since they change with the hospital. Kept in memory only: the journal is
/// the record, and a table is thrown away as soon as the two differ.
#[derive(Debug, Default)]
pub(crate) struct Tables(Mutex<Vec<Kept>>);

#[derive(Debug)]
struct Kept {
    sandbox: String,
    /// The place and hash of the newest entry in it.
    seq: i64,
    hash: Hash,
    table: Table,
}

impl Tables {
    /// Hospitals whose tables are kept at most; of 200,000 entries, each takes some 30 MB.
    const KEPT_MAX: usize = 4;
    /// A table that has grown so far beyond the entries the desk looks at is made anew.
    const ROWS_MAX: usize = ENTRIES_MAX + ENTRIES_MAX / 4;

    /// Runs a query over a hospital's newest entries.
    ///
    /// # Errors
    /// If the store fails.
    pub(super) fn search(&self, access: &Access, query: &Query) -> Result<Answer, StoreError> {
        let sandbox = access.sandbox().id();
        let mut kept = match self.take(sandbox) {
            Some(kept) if kept.table.len() <= Self::ROWS_MAX && kept.still_stands(access)? => kept,
            _ => Kept { sandbox: sandbox.to_owned(), seq: 0, hash: Hash::default(), table: Table::of([]) },
        };
        kept.read_on(access)?;
        let answer = run(query, &kept.table);
        self.put(kept);
        Ok(answer)
    }

    fn take(&self, sandbox: &str) -> Option<Kept> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = all.iter().position(|kept| kept.sandbox == sandbox)?;
        Some(all.remove(place))
    }

    /// Whoever searched last stands last.
    fn put(&self, kept: Kept) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|other| other.sandbox != kept.sandbox);
        if all.len() >= Self::KEPT_MAX {
            all.remove(0);
        }
        all.push(kept);
    }
}

impl Kept {
    /// Whether the journal still holds the newest entry: a reset takes entries back, and others come in their place.
    fn still_stands(&self, access: &Access) -> Result<bool, StoreError> {
        let filter = Filter { after_seq: self.seq - 1, limit: 1, ..Filter::default() };
        let found = access.sandbox().journal(&filter)?;
        Ok(found.first().is_some_and(|entry| entry.seq == self.seq && entry.hash == self.hash))
    }

    fn read_on(&mut self, access: &Access) -> Result<(), StoreError> {
        let after = Filter { after_seq: self.seq, ..Filter::default() };
        for entry in newest(access, after)? {
            (self.seq, self.hash) = (entry.seq, entry.hash);
            self.table.push(&Signal::of(&record(entry, None)));
        }
        Ok(())
    }
}
