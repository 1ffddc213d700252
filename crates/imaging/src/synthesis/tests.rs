use std::collections::BTreeSet;

use dicom_dictionary_std::tags;

use super::*;
use crate::dataset::{EXPLICIT_LE, first, read};
use crate::{index, uid};

/// A study of somebody.
pub(crate) fn request(kind: Kind) -> StudyRequest {
    StudyRequest {
        seed: 7,
        study: uid::derived(&["tests", &format!("{kind:?}")]),
        accession: "A1".to_owned(),
        patient: Patient {
            id: "M1".to_owned(),
            name: "Núñez^Ana".to_owned(),
            birth_date: "19700102".to_owned(),
            sex: "F".to_owned(),
        },
        kind,
        findings: BTreeSet::new(),
        place: Place::default(),
        description: "XR Chest 2 Views".to_owned(),
        performed: ("20310502".to_owned(), "103000".to_owned()),
        referring: "Roe^Ada".to_owned(),
        institution: "Practicum".to_owned(),
    }
}

const KINDS: [Kind; 6] = [
    Kind::ChestFilm,
    Kind::PortableChestFilm,
    Kind::ChestCt,
    Kind::HeadCt,
    Kind::BrainMr,
    Kind::AbdomenUltrasound,
];

#[test]
fn every_kind_is_drawn_alike_each_time_and_says_that_it_is_synthetic() {
    for kind in KINDS {
        let request = request(kind);
        let once = object(&request, 1).unwrap().unwrap();
        assert_eq!(Some(once.clone()), object(&request, 1).unwrap());
        let (header, layout) = read(&once, EXPLICIT_LE).unwrap();
        assert!(layout.pixels.is_some());
        assert_eq!(first(&header, tags::PATIENT_COMMENTS), SYNTHETIC);
        assert_eq!(first(&header, tags::PATIENT_NAME), "Núñez^Ana");
        let found = index::of(&header).unwrap();
        assert_eq!((found.study.as_str(), found.accession.as_str()), (request.study.as_str(), "A1"));
        assert_eq!(headers(&request).len(), kind.images() as usize);
        assert_eq!(object(&request, kind.images() + 1).unwrap(), None);
    }
}

#[test]
fn a_finding_changes_the_picture_and_only_where_it_is() {
    let healthy = request(Kind::ChestFilm);
    let mut ill = healthy.clone();
    ill.findings.insert(Finding::Opacity);
    let (one, other) = (object(&healthy, 1).unwrap().unwrap(), object(&ill, 1).unwrap().unwrap());
    let changed = one.iter().zip(&other).filter(|(a, b)| a != b).count();
    assert!((5_000..200_000).contains(&changed), "{changed} bytes differ");
}

#[test]
fn reports_tell_what_is_seen() {
    let cases: [(&str, &[Finding]); 6] = [
        ("Right lower lobe consolidation. No effusion.", &[Finding::Opacity]),
        ("No acute cardiopulmonary process.", &[]),
        (
            "Enlarged heart, pulmonary edema; small effusions",
            &[Finding::Effusion, Finding::LargeHeart, Finding::Edema],
        ),
        ("Lungs hyperinflated without opacity", &[Finding::Hyperinflation]),
        ("Enlarged heart, fluid at both bases.", &[Finding::LargeHeart, Finding::Effusion]),
        ("", &[]),
    ];
    for (words, expected) in cases {
        assert_eq!(Finding::in_words(words), expected.iter().copied().collect(), "{words}");
    }
}

#[test]
fn a_finding_is_drawn_where_the_report_has_it() {
    let healthy = request(Kind::ChestFilm);
    let plain = object(&healthy, 1).unwrap().unwrap();
    for (words, quadrant) in
        [("Consolidation of the right lower lobe.", (0, 1)), ("Opacity in the left upper lobe.", (1, 0))]
    {
        let findings = Finding::in_words(words);
        let ill = StudyRequest { findings, place: Place::in_words(words), ..healthy.clone() };
        let ill = object(&ill, 1).unwrap().unwrap();
        let mut changed = [[0_u32; 2]; 2];
        let start = plain.len() - 512 * 512 * 2;
        for at in (start..plain.len()).filter(|at| plain[*at] != ill[*at]) {
            let pixel = (at - start) / 2;
            changed[usize::from(pixel % 512 >= 256)][usize::from(pixel / 512 >= 256)] += 1;
        }
        let most = changed[quadrant.0][quadrant.1];
        assert!(most * 2 > changed.iter().flatten().sum::<u32>(), "{words}: {changed:?}");
    }
    assert_eq!(Place::in_words("fluid at both bases").side, Some(Side::Both));
    assert_eq!(Place::in_words("clear"), Place::default());
}
