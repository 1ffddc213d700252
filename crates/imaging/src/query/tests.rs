use dicom_core::header::{Tag, VR};
use dicom_core::value::DataSetSequence;
use dicom_core::{DataElement, PrimitiveValue};
use dicom_dictionary_std::tags;
use proptest::prelude::*;

use super::wildcard::is_like;
use super::*;
use crate::dataset::{Dataset, first};
use crate::synthesis::tests::request;
use crate::synthesis::{Kind, headers};
use crate::worklist::WorklistItem;

fn keys(elements: &[(Tag, VR, &str)]) -> Dataset {
    let one = |(tag, vr, value): &(Tag, VR, &str)| {
        let values: Vec<String> = value.split('\\').map(str::to_owned).collect();
        let value =
            if values.len() > 1 { PrimitiveValue::Strs(values.into()) } else { PrimitiveValue::from(*value) };
        DataElement::new(*tag, *vr, value)
    };
    Dataset::from_element_iter(elements.iter().map(one))
}

#[test]
fn keys_match_as_the_standard_says() {
    let found = project(&headers(&request(Kind::HeadCt)), Level::Study).remove(0);
    let study = first(&found, tags::STUDY_INSTANCE_UID);
    let two = format!("1.2.3\\{study}");
    let cases: [(Tag, VR, &str, bool); 25] = [
        (tags::PATIENT_ID, VR::LO, "M1", true),
        (tags::PATIENT_ID, VR::LO, "m1", false),
        (tags::PATIENT_ID, VR::LO, "M?", true),
        (tags::PATIENT_ID, VR::LO, "M", false),
        (tags::PATIENT_ID, VR::LO, "", true),
        (tags::PATIENT_NAME, VR::PN, "nÚñEz^ana", true),
        (tags::PATIENT_NAME, VR::PN, "Núñez*", true),
        (tags::PATIENT_NAME, VR::PN, "*^B*", false),
        (tags::STUDY_INSTANCE_UID, VR::UI, &two, true),
        (tags::STUDY_INSTANCE_UID, VR::UI, "1.2.3", false),
        (tags::STUDY_INSTANCE_UID, VR::UI, "2.25*", false),
        (tags::STUDY_DATE, VR::DA, "20310502", true),
        (tags::STUDY_DATE, VR::DA, "20310501-20310503", true),
        (tags::STUDY_DATE, VR::DA, "20310503-", false),
        (tags::STUDY_DATE, VR::DA, "-20310502", true),
        (tags::STUDY_DATE, VR::DA, "2031*", false),
        (tags::STUDY_TIME, VR::TM, "1030", true),
        (tags::STUDY_TIME, VR::TM, "1000-1030", true),
        (tags::STUDY_TIME, VR::TM, "1031-", false),
        (tags::MODALITIES_IN_STUDY, VR::CS, "CT", true),
        (tags::MODALITIES_IN_STUDY, VR::CS, "MR", false),
        (tags::MODALITIES_IN_STUDY, VR::CS, "MR\\CT", true),
        (tags::NUMBER_OF_STUDY_RELATED_INSTANCES, VR::IS, "8", true),
        (tags::STUDY_ID, VR::SH, "*", true),
        (tags::REQUESTED_PROCEDURE_ID, VR::SH, "X", false),
    ];
    for (tag, vr, value, expected) in cases {
        assert_eq!(matches(&keys(&[(tag, vr, value)]), &found), expected, "{tag} {value}");
    }
}

#[test]
fn a_worklist_is_matched_within_its_steps() {
    let item = WorklistItem {
        patient_name: "Doe^Jo".to_owned(),
        modality: "CT".to_owned(),
        station: "CT01".to_owned(),
        date: "20310502".to_owned(),
        ..WorklistItem::default()
    }
    .dataset();
    for (modality, date, expected) in
        [("CT", "", true), ("CT", "20310501-", true), ("MR", "", false), ("CT", "20310503", false)]
    {
        let step = keys(&[
            (tags::MODALITY, VR::CS, modality),
            (tags::SCHEDULED_PROCEDURE_STEP_START_DATE, VR::DA, date),
            (tags::SCHEDULED_STATION_AE_TITLE, VR::AE, ""),
        ]);
        let mut wanted = keys(&[(tags::PATIENT_NAME, VR::PN, "D*"), (tags::PATIENT_ID, VR::LO, "")]);
        let sequence = DataSetSequence::from(vec![step]);
        wanted.put(DataElement::new(tags::SCHEDULED_PROCEDURE_STEP_SEQUENCE, VR::SQ, sequence));
        assert_eq!(matches(&wanted, &item), expected, "{modality} {date}");
        let answered = answer(&wanted, &item, []);
        let steps = answered.get(tags::SCHEDULED_PROCEDURE_STEP_SEQUENCE).unwrap().items().unwrap();
        assert_eq!(first(&steps[0], tags::SCHEDULED_STATION_AE_TITLE), "CT01");
        assert!(answered.get(tags::STUDY_INSTANCE_UID).is_none(), "only what was asked for");
    }
}

#[test]
fn a_query_must_say_its_level_and_name_what_stands_above() {
    use Model::{PatientRoot, StudyRoot};
    let level = |word| (tags::QUERY_RETRIEVE_LEVEL, VR::CS, word);
    let study = (tags::STUDY_INSTANCE_UID, VR::UI, "1.2");
    let patient = (tags::PATIENT_ID, VR::LO, "M1");
    let several = (tags::STUDY_INSTANCE_UID, VR::UI, "1.2\\1.3");
    let cases = [
        (StudyRoot, vec![], Err(QueryError::NoLevel)),
        (StudyRoot, vec![level("STUDY")], Ok(Level::Study)),
        (StudyRoot, vec![level("PATIENT")], Err(QueryError::WrongLevel("PATIENT".to_owned()))),
        (StudyRoot, vec![level("study")], Err(QueryError::WrongLevel("study".to_owned()))),
        (StudyRoot, vec![level("SERIES")], Err(QueryError::NoKeyAbove("StudyInstanceUID"))),
        (StudyRoot, vec![level("SERIES"), several], Err(QueryError::NoKeyAbove("StudyInstanceUID"))),
        (StudyRoot, vec![level("SERIES"), study], Ok(Level::Series)),
        (PatientRoot, vec![level("STUDY")], Err(QueryError::NoKeyAbove("PatientID"))),
        (PatientRoot, vec![level("STUDY"), patient], Ok(Level::Study)),
    ];
    for (model, elements, expected) in cases {
        let read = Query::read(model, keys(&elements)).map(|query| query.level);
        if let Err(error) = &read {
            assert!(error.to_string().len() <= 64, "does not fit an Error Comment: {error}");
        }
        assert_eq!(read, expected, "{elements:?}");
    }
    assert_eq!(
        Query::retrieval(StudyRoot, keys(&[level("STUDY")])).unwrap_err(),
        QueryError::NoKey("StudyInstanceUID")
    );
}

#[test]
fn objects_are_counted_by_level() {
    let mut objects = headers(&request(Kind::HeadCt));
    objects.extend(headers(&request(Kind::ChestFilm)));
    assert_eq!(project(&objects, Level::Image).len(), 9);
    assert_eq!(project(&objects, Level::Series).len(), 2);
    let patients = project(&objects, Level::Patient);
    assert_eq!(patients.len(), 1);
    assert_eq!(first(&patients[0], tags::NUMBER_OF_PATIENT_RELATED_STUDIES), "2");
    assert_eq!(first(&patients[0], tags::NUMBER_OF_PATIENT_RELATED_INSTANCES), "9");
}

proptest! {
    #[test]
    fn wildcards_agree_with_trying_everything(pattern in "[ab*?]{0,8}", text in "[ab]{0,8}") {
        prop_assert_eq!(is_like(&pattern, &text), slowly(pattern.as_bytes(), text.as_bytes()));
    }
}

fn slowly(pattern: &[u8], text: &[u8]) -> bool {
    match (pattern.split_first(), text.split_first()) {
        (None, _) => text.is_empty(),
        (Some((b'*', rest)), None) => slowly(rest, text),
        (Some((b'*', rest)), Some((_, after))) => slowly(rest, text) || slowly(pattern, after),
        (Some((b'?', rest)), Some((_, after))) => slowly(rest, after),
        (Some((letter, rest)), Some((found, after))) => letter == found && slowly(rest, after),
        (Some(_), None) => false,
    }
}
