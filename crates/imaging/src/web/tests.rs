use dicom_dictionary_std::tags;

use super::*;
use crate::dataset::{text, to_json};
use crate::query::{Level, matches, project};
use crate::synthesis::tests::request;
use crate::synthesis::{Kind, headers};

fn pairs(text: &str) -> Vec<(String, String)> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap();
        (name.to_owned(), value.to_owned())
    };
    text.split('&').filter(|text| !text.is_empty()).map(pair).collect()
}

#[test]
fn pairs_become_keys_by_keyword_or_tag() {
    let made = asked(
        (Some("1.2"), None),
        &pairs("PatientID=M*&00080060=CT&SeriesInstanceUID=1.3,1.4&limit=5&offset=2"),
    )
    .unwrap();
    assert_eq!(text(&made.keys, tags::PATIENT_ID), "M*");
    assert_eq!(text(&made.keys, tags::MODALITY), "CT");
    assert_eq!(text(&made.keys, tags::SERIES_INSTANCE_UID), "1.3\\1.4");
    assert_eq!(text(&made.keys, tags::STUDY_INSTANCE_UID), "1.2");
    assert_eq!((made.limit, made.offset), (5, 2));
    for wrong in ["Patient=1", "limit=many", "fuzzymatching=true", "includefield=Nothing", "99999999=1"] {
        assert!(asked((None, None), &pairs(wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn a_result_has_the_usual_fields_those_asked_for_and_its_address() {
    let objects = headers(&request(Kind::HeadCt));
    let study = project(&objects, Level::Study).remove(0);
    let made = asked((None, None), &pairs("ModalitiesInStudy=CT&includefield=InstitutionName")).unwrap();
    assert!(matches(&made.keys, &study));
    let json = to_json(&made.fields.of(Level::Study, &made.keys, &study, "http://x"));
    assert_eq!(json["00080080"]["Value"][0], "Practicum");
    assert_eq!(json["00201208"]["Value"][0], 8);
    assert!(json["00081190"]["Value"][0].as_str().unwrap().starts_with("http://x/studies/2.25."));
    assert!(json.get("00280010").is_none(), "rows belong to objects");
    let all = asked((None, None), &pairs("includefield=all")).unwrap();
    let json = to_json(&all.fields.of(Level::Image, &all.keys, &objects[0], "http://x"));
    assert_eq!(json["00280010"]["Value"][0], 128);
    assert!(json["00081190"]["Value"][0].as_str().unwrap().contains("/instances/"));
}
