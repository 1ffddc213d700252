//! What an object is found by.

use dicom_dictionary_std::tags;
use serde_json::Value;

use crate::dataset::{Dataset, DatasetError, first, read, to_json};
use crate::uid;

/// Values longer than this are left out of the tags that are kept beside an object.
const VALUE_BYTES_MAX: usize = 4 * 1024;

/// The identity of an object, and what queries look at.
#[derive(Debug, Clone, PartialEq)]
pub struct Indexed {
    /// The class of the object.
    pub sop_class: String,
    /// Its own UID.
    pub sop_instance: String,
    /// The series it belongs to.
    pub series: String,
    /// The study it belongs to.
    pub study: String,
    /// The patient's number, empty if not told.
    pub patient_id: String,
    /// The number of the order, empty if not told.
    pub accession: String,
    /// Every attribute but the pixel data and long values, in the DICOM JSON model.
    pub tags: Value,
}

/// Reads the index of an object from its data set.
///
/// # Errors
/// [`DatasetError`], also when one of the four UIDs is missing or is none.
pub fn index(dataset: &[u8], syntax: &str) -> Result<Indexed, DatasetError> {
    let (read, _) = read(dataset, syntax)?;
    of(&read)
}

/// The index of an object whose attributes have been read.
///
/// # Errors
/// [`DatasetError::Missing`].
pub fn of(dataset: &Dataset) -> Result<Indexed, DatasetError> {
    let needed = |tag, name, shown| {
        let value = first(dataset, tag);
        if uid::is_valid(&value) { Ok(value) } else { Err(DatasetError::Missing { name, tag: shown }) }
    };
    let mut kept = dataset.clone();
    kept.retain(|element| {
        element.value().primitive().is_none_or(|value| value.calculate_byte_len() <= VALUE_BYTES_MAX)
    });
    Ok(Indexed {
        sop_class: needed(tags::SOP_CLASS_UID, "SOPClassUID", "(0008,0016)")?,
        sop_instance: needed(tags::SOP_INSTANCE_UID, "SOPInstanceUID", "(0008,0018)")?,
        series: needed(tags::SERIES_INSTANCE_UID, "SeriesInstanceUID", "(0020,000E)")?,
        study: needed(tags::STUDY_INSTANCE_UID, "StudyInstanceUID", "(0020,000D)")?,
        patient_id: first(dataset, tags::PATIENT_ID),
        accession: first(dataset, tags::ACCESSION_NUMBER),
        tags: to_json(&kept),
    })
}
