use std::collections::BTreeSet;

use imaging::dataset::first;
use imaging::synthesis::{Kind, Patient, Place, StudyRequest, headers, object};
use imaging::tags;
use imaging::uid::derived;

use crate::model::Stop;
use crate::run::Step;

/// The class of the object: Computed Radiography Image Storage (PS3.6, annex A).
pub(super) const CLASS: &str = "1.2.840.10008.5.1.4.1.1.1";
/// Whose picture it is.
pub(super) const NAME: &str = "Okafor^Ngozi";

/// A chest film of nobody, to be stored.
pub(super) struct Film {
    pub(super) study: String,
    pub(super) instance: String,
    pub(super) patient: String,
    request: StudyRequest,
}

/// The film of this run: the same for every test of it, and no other run's.
pub(super) fn film(step: &Step<'_>) -> Film {
    let began = step.value("began");
    let study = derived(&["kits", "study", &began]);
    let patient = format!("KIT{began}");
    let request = StudyRequest {
        seed: 7,
        study: study.clone(),
        accession: "KIT1".to_owned(),
        patient: Patient {
            id: patient.clone(),
            name: NAME.to_owned(),
            birth_date: "19740612".to_owned(),
            sex: "F".to_owned(),
        },
        kind: Kind::ChestFilm,
        findings: BTreeSet::new(),
        place: Place::default(),
        description: "Chest film of a test kit".to_owned(),
        performed: ("20310304".to_owned(), "060000".to_owned()),
        referring: String::new(),
        institution: "Practicum".to_owned(),
    };
    let instance =
        headers(&request).first().map(|header| first(header, tags::SOP_INSTANCE_UID)).unwrap_or_default();
    Film { study, instance, patient, request }
}

impl Film {
    /// Draws it: the data set, in Explicit VR Little Endian.
    pub(super) fn drawn(&self) -> Result<Vec<u8>, Stop> {
        let drawn = object(&self.request, 1).ok().flatten();
        drawn.ok_or_else(|| Stop::Error("the picture to be sent could not be drawn".to_owned()))
    }
}
