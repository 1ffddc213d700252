use dicom_core::dictionary::{DataDictionary, DataDictionaryEntry};
use dicom_core::header::VR;
use dicom_core::{DataElement, PrimitiveValue, Tag};
use dicom_dictionary_std::StandardDataDictionary;

use super::fields::Fields;
use crate::dataset::Dataset;
use crate::query::Level;

/// Results of one page, unless fewer are asked for.
const LIMIT_MAX: usize = 1_000;

/// A search that has been understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// What must match.
    pub keys: Dataset,
    /// How many results at most.
    pub limit: usize,
    /// How many to leave out at the beginning.
    pub offset: usize,
    /// Which attributes are returned.
    pub fields: Fields,
}

/// Reads a search in the study and series that the address may name.
///
/// # Errors
/// A sentence about the pair that cannot be understood: nothing is silently ignored.
pub fn asked(
    (study, series): (Option<&str>, Option<&str>),
    pairs: &[(String, String)],
) -> Result<Asked, String> {
    let mut made =
        Asked { keys: Dataset::new_empty(), limit: LIMIT_MAX, offset: 0, fields: Fields::default() };
    for (name, value) in pairs {
        match name.as_str() {
            "limit" => made.limit = count(name, value)?.clamp(1, LIMIT_MAX),
            "offset" => made.offset = count(name, value)?,
            "fuzzymatching" if value == "false" => {}
            "fuzzymatching" => {
                return Err("fuzzymatching is not done here; leave it out, or set it to false".to_owned());
            }
            "includefield" if value == "all" => made.fields.all = true,
            "includefield" => {
                for field in value.split(',') {
                    made.fields.more.push(attribute(field)?.0);
                }
            }
            _ => {
                let (tag, vr) = attribute(name)?;
                made.keys.put(key(tag, vr, value));
            }
        }
    }
    for (above, value) in [(Level::Study, study), (Level::Series, series)] {
        if let Some(value) = value {
            made.keys.put(key(above.key(), VR::UI, value));
        }
    }
    Ok(made)
}

fn count(name: &str, value: &str) -> Result<usize, String> {
    value.parse().map_err(|_| format!("{name} is '{value}', but it must be a whole number"))
}

/// An attribute by its keyword, or by its tag in eight hexadecimal digits.
fn attribute(name: &str) -> Result<(Tag, VR), String> {
    let by_digits = || {
        let is_tag = name.len() == 8 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = is_tag.then(|| u32::from_str_radix(name, 16).ok()).flatten()?;
        let tag = Tag((number >> 16) as u16, number as u16);
        Some((tag, StandardDataDictionary.by_tag(tag)?.vr().relaxed()))
    };
    let by_name = || {
        let entry = StandardDataDictionary.by_name(name)?;
        Some((entry.tag(), entry.vr().relaxed()))
    };
    by_digits().or_else(by_name).ok_or_else(|| {
        format!(
            "'{name}' is no attribute; write its keyword, such as PatientID, or its tag, such as 00100020"
        )
    })
}

/// Several UIDs may be parted by commas as well (PS3.18, 8.3.4.1).
fn key(tag: Tag, vr: VR, value: &str) -> DataElement<Dataset, dicom_core::value::InMemFragment> {
    let separators: &[char] = if vr == VR::UI { &[',', '\\'] } else { &['\\'] };
    let values: Vec<String> = value.split(separators).map(str::to_owned).collect();
    let value =
        if values.len() > 1 { PrimitiveValue::Strs(values.into()) } else { PrimitiveValue::from(value) };
    DataElement::new(tag, vr, value)
}
