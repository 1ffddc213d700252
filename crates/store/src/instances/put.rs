use rusqlite::params;

use crate::StoreError;
use crate::journal::NewEntry;
use crate::sandbox::Change;

/// An imaging object to keep.
#[derive(Debug, Clone, Copy)]
pub struct NewInstance<'a> {
    /// Its own UID.
    pub sop_instance: &'a str,
    /// Its class.
    pub sop_class: &'a str,
    /// The series it belongs to.
    pub series: &'a str,
    /// The study it belongs to.
    pub study: &'a str,
    /// The patient's number as it says.
    pub patient_id: &'a str,
    /// The number of the order as it says.
    pub accession: &'a str,
    /// How its data set is encoded.
    pub syntax: &'a str,
    /// When it came, in the hospital's own time, microseconds since 1970 UTC.
    pub received_us: i64,
    /// Its attributes without the pixels, as JSON.
    pub tags: &'a str,
    /// The file: a preamble, the meta information, and the data set as it was received.
    pub bytes: &'a [u8],
}

impl Change<'_> {
    /// Keeps an object with the journal entry about it. Returns the entry's place.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if there is one of this UID.
    pub fn put_instance(&mut self, new: &NewInstance<'_>, event: &NewEntry) -> Result<i64, StoreError> {
        if self.view().instance_bytes(new.sop_instance)?.is_some() {
            return Err(StoreError::Conflict {
                what: format!("object {} is there already", new.sop_instance),
            });
        }
        let seq = self.note(event)?;
        let change = self.first_seq();
        let sql = "INSERT INTO main.instance(seq, change, sop_instance, sop_class, series, study, patient_id, accession,
                   syntax, received_us, tags, size, bytes) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
        self.view().connection.prepare_cached(sql)?.execute(params![
            seq,
            change,
            new.sop_instance,
            new.sop_class,
            new.series,
            new.study,
            new.patient_id,
            new.accession,
            new.syntax,
            new.received_us,
            new.tags,
            new.bytes.len(),
            new.bytes
        ])?;
        Ok(seq)
    }
}
