//! The file format (PS3.10, 7): a preamble, the meta information, and the data set as it came.

use std::ops::Range;

use dicom_dictionary_std::tags;
use dicom_object::InMemDicomObject;
use dicom_transfer_syntax_registry::entries::EXPLICIT_VR_LITTLE_ENDIAN;

use super::error::DatasetError;
use super::values::first;
use super::walk::walk;

/// Bytes before the letters `DICM`.
const PREAMBLE: usize = 128;
const MAGIC: &[u8; 4] = b"DICM";
/// The longest meta information that is read.
const META_MAX: usize = 64 * 1024;
/// Who writes the meta information: our own implementation, by a UID derived once from the word `practicum`.
const IMPLEMENTATION: (&str, &str) = ("2.25.74107475028719643692910313748808032099", "PRACTICUM");

/// What the meta information says about the data set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The class of the object.
    pub sop_class: String,
    /// The object's own UID.
    pub sop_instance: String,
    /// How the data set is encoded.
    pub syntax: String,
}

/// A file whose parts are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The meta information.
    pub meta: Meta,
    /// Where the data set stands.
    pub dataset: Range<usize>,
}

/// Finds the parts of a file.
///
/// # Errors
/// [`DatasetError`] when it is no DICOM file.
pub fn split(bytes: &[u8]) -> Result<File, DatasetError> {
    let malformed = |offset, what: &str| DatasetError::Malformed { offset, what: what.to_owned() };
    if bytes.get(PREAMBLE..PREAMBLE + MAGIC.len()) != Some(MAGIC) {
        return Err(malformed(PREAMBLE, "the letters DICM are missing: this is no DICOM file (PS3.10, 7.1)"));
    }
    let start = PREAMBLE + MAGIC.len();
    let end = meta_end(bytes, start)?;
    walk(&bytes[start..end], true)?;
    let meta =
        InMemDicomObject::read_dataset_with_ts(&bytes[start..end], &EXPLICIT_VR_LITTLE_ENDIAN.erased());
    let meta = meta.map_err(|_| malformed(start, "the meta information cannot be read"))?;
    let meta = Meta {
        sop_class: first(&meta, tags::MEDIA_STORAGE_SOP_CLASS_UID),
        sop_instance: first(&meta, tags::MEDIA_STORAGE_SOP_INSTANCE_UID),
        syntax: first(&meta, tags::TRANSFER_SYNTAX_UID),
    };
    if meta.syntax.is_empty() {
        return Err(DatasetError::Missing { name: "TransferSyntaxUID", tag: "(0002,0010)" });
    }
    Ok(File { meta, dataset: end..bytes.len() })
}

/// Where group 0002 ends: found by its elements, since its announced length is often wrong.
fn meta_end(bytes: &[u8], start: usize) -> Result<usize, DatasetError> {
    let mut at = start;
    while bytes.get(at..at + 2) == Some(&[2, 0]) {
        let short = || DatasetError::Short {
            offset: at,
            what: "an element of the meta information".to_owned(),
            length: 8,
            left: bytes.len() - at,
        };
        let header = bytes.get(at..at + 8).ok_or_else(short)?;
        let is_long = matches!(&header[4..6], b"OB" | b"UN");
        let (value, length) = if is_long {
            let length = bytes.get(at + 8..at + 12).ok_or_else(short)?;
            (at + 12, u32::from_le_bytes([length[0], length[1], length[2], length[3]]) as usize)
        } else {
            (at + 8, usize::from(u16::from_le_bytes([header[6], header[7]])))
        };
        if length > bytes.len() - value || value + length - start > META_MAX {
            return Err(DatasetError::Short {
                offset: at,
                what: "an element of the meta information".to_owned(),
                length: length as u64,
                left: bytes.len() - value,
            });
        }
        at = value + length;
    }
    Ok(at)
}

/// Puts a file around a data set, of which no byte changes.
pub fn wrap(meta: &Meta, dataset: &[u8]) -> Vec<u8> {
    let mut group = Vec::new();
    element(&mut group, 0x0001, b"OB", &[0, 1]);
    uid(&mut group, 0x0002, &meta.sop_class);
    uid(&mut group, 0x0003, &meta.sop_instance);
    uid(&mut group, 0x0010, &meta.syntax);
    uid(&mut group, 0x0012, IMPLEMENTATION.0);
    element(&mut group, 0x0013, b"SH", &padded(IMPLEMENTATION.1, b' '));
    let mut bytes = vec![0; PREAMBLE];
    bytes.extend_from_slice(MAGIC);
    element(&mut bytes, 0x0000, b"UL", &u32::try_from(group.len()).unwrap_or(u32::MAX).to_le_bytes());
    bytes.extend_from_slice(&group);
    bytes.extend_from_slice(dataset);
    bytes
}

fn uid(group: &mut Vec<u8>, element_number: u16, value: &str) {
    element(group, element_number, b"UI", &padded(value, 0));
}

fn element(group: &mut Vec<u8>, number: u16, vr: &[u8; 2], value: &[u8]) {
    group.extend_from_slice(&[2, 0]);
    group.extend_from_slice(&number.to_le_bytes());
    group.extend_from_slice(vr);
    if vr == b"OB" {
        group.extend_from_slice(&[0, 0]);
        group.extend_from_slice(&(value.len() as u32).to_le_bytes());
    } else {
        group.extend_from_slice(&(value.len() as u16).to_le_bytes());
    }
    group.extend_from_slice(value);
}

/// Values have even lengths (PS3.5, 6.2).
fn padded(text: &str, with: u8) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    if !bytes.len().is_multiple_of(2) {
        bytes.push(with);
    }
    bytes
}

/// The implementation that associations name (PS3.7, D.3.3.2).
pub(crate) const fn implementation() -> (&'static str, &'static str) {
    IMPLEMENTATION
}
