use store::StoreError;
use store::journal::{Entry, Filter, Hash};
use store::sandbox::Sandbox;

/// Entries read at a time.
const BATCH: usize = 500;

/// Entries with which a journal goes on after another one was cut off.
const CUTS: [&str; 2] = ["sandbox.reset", "sandbox.returned"];

/// Reads a journal as it grows, each matching entry once, through resets and returns.
///
/// A reset puts another journal in the place of the one that was read. The reader remembers the hash of the place it has
/// reached; when that is no longer there, it goes on with the entry that says what replaced it.
#[derive(Debug, Clone)]
pub struct Follower {
    filter: Filter,
    reached: Option<(i64, Hash)>,
}

impl Follower {
    /// Follows the entries that match `filter`, oldest first, from its `after_seq` on; its limit and order do not matter.
    pub fn new(filter: Filter) -> Self {
        Self { filter: Filter { limit: BATCH, newest_first: false, ..filter }, reached: None }
    }

    /// The next entries. None means that everything has been read for now.
    pub fn read(&mut self, sandbox: &Sandbox) -> Result<Vec<Entry>, StoreError> {
        let head = sandbox.journal_head()?;
        if self.reached == Some(head) {
            return Ok(Vec::new());
        }
        if !self.is_there(sandbox, head)? {
            self.filter.after_seq = cut(sandbox)?;
        }
        let entries = sandbox.journal(&self.filter)?;
        let last = entries.last().map(|entry| (entry.seq, entry.hash));
        let reached = last.filter(|last| entries.len() == BATCH || last.0 > head.0).unwrap_or(head);
        self.filter.after_seq = reached.0;
        self.reached = Some(reached);
        Ok(entries)
    }

    /// Whether the journal still holds what was read of it.
    fn is_there(&self, sandbox: &Sandbox, head: (i64, Hash)) -> Result<bool, StoreError> {
        let Some((seq, hash)) = self.reached else { return Ok(self.filter.after_seq <= head.0) };
        let at = Filter { after_seq: seq - 1, limit: 1, ..Filter::default() };
        let found = sandbox.journal(&at)?;
        Ok(seq == 0 || found.first().is_some_and(|entry| entry.seq == seq && entry.hash == hash))
    }
}

/// The place before the newest entry with which a journal took over from another.
fn cut(sandbox: &Sandbox) -> Result<i64, StoreError> {
    let kinds = CUTS.map(str::to_owned).to_vec();
    let newest = Filter { kinds, newest_first: true, limit: 1, ..Filter::default() };
    Ok(sandbox.journal(&newest)?.first().map_or(0, |entry| entry.seq - 1))
}
