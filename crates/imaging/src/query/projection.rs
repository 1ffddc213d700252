//! Patients, studies and series out of objects (PS3.4, C.6.1.1).

use std::collections::{BTreeMap, BTreeSet};

use dicom_core::header::{Tag, VR};
use dicom_core::{DataElement, PrimitiveValue};
use dicom_dictionary_std::tags;

use super::ask::Level;
use crate::dataset::{Dataset, first};

/// One data set for each thing of `level` that the objects belong to, in the order of its key: the attributes of its
/// first object, and the counts and lists that belong to the level.
pub fn project(objects: &[Dataset], level: Level) -> Vec<Dataset> {
    let mut groups: BTreeMap<String, Vec<&Dataset>> = BTreeMap::new();
    for object in objects {
        groups.entry(first(object, level.key())).or_default().push(object);
    }
    groups.values().filter_map(|group| one(group, level)).collect()
}

fn one(group: &[&Dataset], level: Level) -> Option<Dataset> {
    let mut made = (*group.first()?).clone();
    let kinds = |tag| -> BTreeSet<String> {
        group.iter().map(|object| first(object, tag)).filter(|value| !value.is_empty()).collect()
    };
    let mut count = |tag: Tag, number: usize| {
        made.put(DataElement::new(tag, VR::IS, PrimitiveValue::from(number as i32)));
    };
    match level {
        Level::Patient => {
            count(tags::NUMBER_OF_PATIENT_RELATED_STUDIES, kinds(tags::STUDY_INSTANCE_UID).len());
            count(tags::NUMBER_OF_PATIENT_RELATED_SERIES, kinds(tags::SERIES_INSTANCE_UID).len());
            count(tags::NUMBER_OF_PATIENT_RELATED_INSTANCES, group.len());
        }
        Level::Study => {
            count(tags::NUMBER_OF_STUDY_RELATED_SERIES, kinds(tags::SERIES_INSTANCE_UID).len());
            count(tags::NUMBER_OF_STUDY_RELATED_INSTANCES, group.len());
            for (tag, from, vr) in [
                (tags::MODALITIES_IN_STUDY, tags::MODALITY, VR::CS),
                (tags::SOP_CLASSES_IN_STUDY, tags::SOP_CLASS_UID, VR::UI),
            ] {
                let values = kinds(from).into_iter().collect();
                made.put(DataElement::new(tag, vr, PrimitiveValue::Strs(values)));
            }
        }
        Level::Series => count(tags::NUMBER_OF_SERIES_RELATED_INSTANCES, group.len()),
        Level::Image => {}
    }
    Some(made)
}
