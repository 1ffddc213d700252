//! Reading values out of a data set without minding how they are kept.

use dicom_core::header::{Tag, VR};
use dicom_core::{DataElement, PrimitiveValue};

/// A data set in memory.
pub type Dataset = dicom_object::InMemDicomObject;

/// A data set of attributes with one text each.
pub fn of_texts(attributes: &[(Tag, VR, &str)]) -> Dataset {
    let element =
        |(tag, vr, value): &(Tag, VR, &str)| DataElement::new(*tag, *vr, PrimitiveValue::from(*value));
    Dataset::from_element_iter(attributes.iter().map(element))
}

/// All values of an attribute as texts, without the spaces that pad them; none if it is missing or a sequence.
pub fn texts(dataset: &Dataset, tag: Tag) -> Vec<String> {
    let Some(element) = dataset.get(tag) else { return Vec::new() };
    let Some(value) = element.value().primitive() else { return Vec::new() };
    let values = value.to_multi_str();
    let bare = values.iter().map(|text| text.trim_matches([' ', '\0']).to_owned());
    let mut bare: Vec<String> = bare.collect();
    if bare.iter().all(String::is_empty) {
        bare.clear();
    }
    bare
}

/// The values of an attribute as one text, joined by backslashes as they are sent; empty if it is missing.
pub fn text(dataset: &Dataset, tag: Tag) -> String {
    texts(dataset, tag).join("\\")
}

/// The first value of an attribute; empty if it is missing.
pub fn first(dataset: &Dataset, tag: Tag) -> String {
    texts(dataset, tag).into_iter().next().unwrap_or_default()
}

/// The values of an attribute as numbers, those that are some.
pub fn numbers(dataset: &Dataset, tag: Tag) -> Vec<f64> {
    texts(dataset, tag).iter().filter_map(|text| text.parse().ok()).collect()
}

/// The first value of an attribute as a number.
pub fn number(dataset: &Dataset, tag: Tag) -> Option<f64> {
    numbers(dataset, tag).first().copied()
}
