//! The identifier of a response (PS3.4, C.4.1.1.3.2).

use dicom_core::header::VR;
use dicom_core::value::DataSetSequence;
use dicom_core::{DataElement, PrimitiveValue};
use dicom_dictionary_std::tags;

use super::matching::is_key;
use crate::dataset::Dataset;

/// What was asked for, as `found` has it: every attribute of `wanted`, empty where it is not known. `more` are attributes
/// that say where it can be had. Texts are in Unicode.
pub fn answer<'a>(
    wanted: &Dataset,
    found: &Dataset,
    more: impl IntoIterator<Item = (dicom_core::Tag, VR, &'a str)>,
) -> Dataset {
    let mut made = picked(wanted, found);
    made.put(DataElement::new(tags::SPECIFIC_CHARACTER_SET, VR::CS, PrimitiveValue::from("ISO_IR 192")));
    for (tag, vr, value) in more {
        made.put(DataElement::new(tag, vr, PrimitiveValue::from(value)));
    }
    made
}

fn picked(wanted: &Dataset, found: &Dataset) -> Dataset {
    let mut made = Dataset::new_empty();
    for key in wanted.iter().filter(|key| is_key(key)) {
        let (tag, vr) = (key.header().tag, key.header().vr);
        let empty = || DataElement::new(tag, vr, PrimitiveValue::Empty);
        let Some(element) = found.get(tag) else {
            made.put(empty());
            continue;
        };
        match (key.items().and_then(|items| items.first()), element.items()) {
            // Of a sequence, each item gives back what the key's item names; all of it if that names nothing.
            (Some(inside), Some(items)) if inside.iter().next().is_some() => {
                let items: Vec<Dataset> = items.iter().map(|item| picked(inside, item)).collect();
                made.put(DataElement::new(tag, VR::SQ, DataSetSequence::from(items)));
            }
            _ => {
                made.put(element.clone());
            }
        }
    }
    made
}
