use placements::record::{Deed, Entry, Moment, decide, next_entry};
use store::records::{Person, RecordEntry};

use super::{Apprenticed, RecordError};
use crate::platform::Platform;

impl Platform {
    /// Adds a deed to a record, if it may be added; the number of its entry.
    ///
    /// # Errors
    /// [`RecordError::NotYours`] for who does not write there, [`RecordError::Refused`] with why it may not be written.
    pub fn write_record(&self, person: &Person, id: &str, deed: &Deed) -> Result<u64, RecordError> {
        let one = self.apprenticeship(person, id)?;
        self.write_into(person, &one, deed)
    }

    pub(super) fn write_into(
        &self,
        person: &Person,
        one: &Apprenticed,
        deed: &Deed,
    ) -> Result<u64, RecordError> {
        let own = deed.side().filter(|side| one.writes_as(*side));
        let side = own.or(one.sides.first().copied()).ok_or(RecordError::NotYours("record to write into"))?;
        let moment = Moment { who: person.id.as_str(), side, today: one.today };
        decide(&one.record, (one.schedule, one.rules), moment, deed)?;
        let entry = next_entry(one.entries.last(), person.id.as_str(), self.clock.now_us(), deed);
        // Whoever read the same last entry writes the same number: one of them is told to look again.
        self.records.record_entry_add(&one.id, &as_record(entry.clone()))?;
        Ok(entry.seq)
    }
}

pub(super) fn as_record(one: Entry) -> RecordEntry {
    RecordEntry { seq: one.seq, at_us: one.at_us, by: one.by, body: one.body, hash: one.hash }
}
