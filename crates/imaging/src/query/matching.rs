//! Attribute matching (PS3.4, C.2.2.2).

use dicom_core::header::{Tag, VR};
use dicom_dictionary_std::tags;
use dicom_object::mem::InMemElement;

use super::range::is_within;
use super::wildcard::is_like;
use crate::dataset::{Dataset, texts};

/// Attributes of an identifier that say how to read it, and are no keys.
const NO_KEYS: [Tag; 4] = [
    tags::QUERY_RETRIEVE_LEVEL,
    tags::SPECIFIC_CHARACTER_SET,
    tags::TIMEZONE_OFFSET_FROM_UTC,
    tags::RETRIEVE_AE_TITLE,
];

/// Whether `found` has what every key of `wanted` asks for.
pub fn matches(wanted: &Dataset, found: &Dataset) -> bool {
    wanted.iter().filter(|key| is_key(key)).all(|key| key_matches(key, found))
}

pub(super) fn is_key(element: &InMemElement) -> bool {
    let tag = element.header().tag;
    tag.1 != 0 && tag.0 > 0x0002 && !NO_KEYS.contains(&tag)
}

fn key_matches(key: &InMemElement, found: &Dataset) -> bool {
    let tag = key.header().tag;
    if let Some(items) = key.items() {
        return sequence_matches(items, found.get(tag).and_then(|element| element.items()));
    }
    let Some(wanted) = key.value().primitive() else { return true };
    let wanted: Vec<String> = wanted.to_multi_str().iter().map(|text| text.trim().to_owned()).collect();
    if wanted.iter().all(String::is_empty) {
        return true;
    }
    let values = texts(found, tag);
    let vr = key.header().vr;
    if values.is_empty() {
        return wanted.iter().all(|wanted| takes_wildcards(vr) && wanted.chars().all(|letter| letter == '*'));
    }
    values.iter().any(|value| wanted.iter().any(|wanted| value_matches(wanted, value, vr)))
}

/// An item without keys asks for the sequence; otherwise one item must have all of them (PS3.4, C.2.2.2.6).
fn sequence_matches(wanted: &[Dataset], found: Option<&[Dataset]>) -> bool {
    let Some(wanted) = wanted.first() else { return true };
    let found = found.unwrap_or_default();
    let nothing = Dataset::new_empty();
    matches(wanted, &nothing) || found.iter().any(|item| matches(wanted, item))
}

fn value_matches(wanted: &str, found: &str, vr: VR) -> bool {
    match vr {
        VR::DA | VR::TM | VR::DT => is_within(wanted, found, vr),
        VR::PN => is_like(&name(wanted), &name(found)),
        _ if takes_wildcards(vr) => is_like(wanted, found),
        _ => wanted == found || is_same_number(wanted, found, vr),
    }
}

/// Names are compared without case, and without the empty components at their end (PS3.4, C.2.2.2.1: an archive may).
fn name(text: &str) -> String {
    text.to_lowercase().trim_end_matches(['^', '=', ' ']).to_owned()
}

fn is_same_number(wanted: &str, found: &str, vr: VR) -> bool {
    let is_number = matches!(vr, VR::IS | VR::DS | VR::US | VR::UL | VR::SS | VR::SL | VR::FL | VR::FD);
    let number = |text: &str| text.parse::<f64>().ok();
    is_number && number(wanted).is_some_and(|wanted| number(found) == Some(wanted))
}

fn takes_wildcards(vr: VR) -> bool {
    use VR::{AE, CS, LO, LT, PN, SH, ST, UC, UR, UT};
    matches!(vr, AE | CS | LO | LT | PN | SH | ST | UC | UR | UT)
}
