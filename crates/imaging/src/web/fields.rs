use dicom_core::header::VR;
use dicom_core::{DataElement, PrimitiveValue, Tag};
use dicom_dictionary_std::tags;

use crate::dataset::{Dataset, first};
use crate::query::Level;

/// What each result tells of its study (PS3.18, table 10.6.3-3).
const STUDY: [Tag; 15] = [
    tags::STUDY_DATE,
    tags::STUDY_TIME,
    tags::ACCESSION_NUMBER,
    tags::MODALITIES_IN_STUDY,
    tags::REFERRING_PHYSICIAN_NAME,
    tags::STUDY_DESCRIPTION,
    tags::PATIENT_NAME,
    tags::PATIENT_ID,
    tags::PATIENT_BIRTH_DATE,
    tags::PATIENT_SEX,
    tags::STUDY_INSTANCE_UID,
    tags::STUDY_ID,
    tags::NUMBER_OF_STUDY_RELATED_SERIES,
    tags::NUMBER_OF_STUDY_RELATED_INSTANCES,
    tags::INSTANCE_AVAILABILITY,
];
/// And of its series (table 10.6.3-4).
const SERIES: [Tag; 7] = [
    tags::MODALITY,
    tags::SERIES_DESCRIPTION,
    tags::SERIES_INSTANCE_UID,
    tags::SERIES_NUMBER,
    tags::NUMBER_OF_SERIES_RELATED_INSTANCES,
    tags::BODY_PART_EXAMINED,
    tags::STUDY_INSTANCE_UID,
];
/// And of itself (table 10.6.3-5).
const INSTANCE: [Tag; 8] = [
    tags::SOP_CLASS_UID,
    tags::SOP_INSTANCE_UID,
    tags::INSTANCE_NUMBER,
    tags::ROWS,
    tags::COLUMNS,
    tags::BITS_ALLOCATED,
    tags::NUMBER_OF_FRAMES,
    tags::SERIES_INSTANCE_UID,
];

/// Which attributes a result has.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Fields {
    /// All there are.
    pub(super) all: bool,
    /// These beside the usual ones.
    pub(super) more: Vec<Tag>,
}

impl Fields {
    /// A result as it is returned, with where it can be retrieved under `base_url`.
    pub fn of(&self, level: Level, keys: &Dataset, found: &Dataset, base_url: &str) -> Dataset {
        let usual: &[&[Tag]] = match level {
            Level::Patient | Level::Study => &[&STUDY],
            Level::Series => &[&STUDY, &SERIES],
            Level::Image => &[&STUDY, &SERIES, &INSTANCE],
        };
        let mut made = found.clone();
        if !self.all {
            made.retain(|element| {
                let tag = element.header().tag;
                usual.iter().any(|tags| tags.contains(&tag))
                    || self.more.contains(&tag)
                    || keys.get(tag).is_some()
            });
        }
        let mut put = |tag, vr, value: &str| made.put(DataElement::new(tag, vr, PrimitiveValue::from(value)));
        put(tags::INSTANCE_AVAILABILITY, VR::CS, "ONLINE");
        put(tags::RETRIEVE_URL, VR::UR, &address(level, found, base_url));
        made
    }
}

fn address(level: Level, found: &Dataset, base_url: &str) -> String {
    let mut address = format!("{base_url}/studies/{}", first(found, tags::STUDY_INSTANCE_UID));
    if level >= Level::Series {
        address.push_str(&format!("/series/{}", first(found, tags::SERIES_INSTANCE_UID)));
    }
    if level == Level::Image {
        address.push_str(&format!("/instances/{}", first(found, tags::SOP_INSTANCE_UID)));
    }
    address
}
