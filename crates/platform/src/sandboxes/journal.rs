use store::journal::{Entry, Filter};

use super::enter::SandboxError;
use crate::access::Access;
use crate::platform::Platform;

impl Platform {
    /// The journal entries that match a filter.
    pub fn journal(&self, access: &Access, filter: &Filter) -> Result<Vec<Entry>, SandboxError> {
        Ok(access.sandbox().journal(filter)?)
    }

    /// The first journal entry of a sandbox that does not follow from the one before it, in plain words.
    pub fn journal_break(&self, access: &Access) -> Result<Option<String>, SandboxError> {
        let found = access.sandbox().journal_break()?;
        Ok(found.map(|found| format!("entry {}: {}", found.seq, found.what)))
    }
}
