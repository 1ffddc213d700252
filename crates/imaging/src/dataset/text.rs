//! Data sets in their three encodings: the two binary ones, and JSON (PS3.18, F).

use dicom_dictionary_std::tags;
use dicom_object::InMemDicomObject;
use dicom_transfer_syntax_registry::entries::{EXPLICIT_VR_LITTLE_ENDIAN, IMPLICIT_VR_LITTLE_ENDIAN};
use serde_json::Value;

use super::Dataset;
use super::error::DatasetError;
use super::syntax::{IMPLICIT_LE, is_encapsulated, is_known};
use super::walk::{Layout, walk};

/// What is said of JSON that is none of ours.
const NO_MODEL: &str = "the JSON is no data set of the DICOM JSON model (PS3.18, F)";

/// Reads what stands before the pixel data, and says where that is.
///
/// # Errors
/// [`DatasetError`]; nothing of a data set that does not fit is read.
pub fn read(bytes: &[u8], syntax: &str) -> Result<(Dataset, Layout), DatasetError> {
    if !is_known(syntax) {
        return Err(DatasetError::Syntax(syntax.to_owned()));
    }
    let is_explicit = syntax != IMPLICIT_LE;
    let layout = walk(bytes, is_explicit)?;
    let as_syntax = if is_explicit { EXPLICIT_VR_LITTLE_ENDIAN } else { IMPLICIT_VR_LITTLE_ENDIAN };
    let header = &bytes[..layout.header_end];
    let read = InMemDicomObject::read_dataset_with_ts(header, &as_syntax.erased());
    let dataset = read.map_err(|error| DatasetError::Malformed { offset: 0, what: whole(&error) })?;
    Ok((dataset, layout))
}

/// The data set in one of the two uncompressed syntaxes.
///
/// # Errors
/// [`DatasetError::Malformed`] when a value does not fit its representation.
pub fn write(dataset: &Dataset, syntax: &str) -> Result<Vec<u8>, DatasetError> {
    let as_syntax = if syntax == IMPLICIT_LE { IMPLICIT_VR_LITTLE_ENDIAN } else { EXPLICIT_VR_LITTLE_ENDIAN };
    let mut bytes = Vec::new();
    let written = dataset.write_dataset_with_ts(&mut bytes, &as_syntax.erased());
    written.map_err(|error| DatasetError::Malformed { offset: bytes.len(), what: whole(&error) })?;
    Ok(bytes)
}

/// The whole of an uncompressed data set in the other of the two uncompressed syntaxes, for peers that take only one.
///
/// # Errors
/// [`DatasetError`].
pub fn recode(bytes: &[u8], from: &str, to: &str) -> Result<Vec<u8>, DatasetError> {
    if is_encapsulated(from) || is_encapsulated(to) {
        return Err(DatasetError::Syntax(from.to_owned()));
    }
    walk(bytes, from != IMPLICIT_LE)?;
    let as_syntax = if from == IMPLICIT_LE { IMPLICIT_VR_LITTLE_ENDIAN } else { EXPLICIT_VR_LITTLE_ENDIAN };
    let read = InMemDicomObject::read_dataset_with_ts(bytes, &as_syntax.erased());
    write(&read.map_err(|error| DatasetError::Malformed { offset: 0, what: whole(&error) })?, to)
}

/// The data set in the DICOM JSON model, its texts in Unicode and so without their character set.
pub fn to_json(dataset: &Dataset) -> Value {
    let mut unicode = dataset.clone();
    unicode.convert_to_utf8();
    unicode.remove_element(tags::SPECIFIC_CHARACTER_SET);
    dicom_json::to_value(unicode).unwrap_or_default()
}

/// A data set from the DICOM JSON model.
///
/// # Errors
/// [`DatasetError::Malformed`].
pub fn from_json(json: &Value) -> Result<Dataset, DatasetError> {
    dicom_json::from_value(json.clone())
        .map_err(|error| DatasetError::Malformed { offset: 0, what: format!("{NO_MODEL}: {error}") })
}

/// An error with its causes, in one line.
fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
