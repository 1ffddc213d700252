//! The modality worklist (PS3.4, K): what a device is to do next, so that nobody types a name at it.

use dicom_core::header::VR;
use dicom_core::value::DataSetSequence;
use dicom_core::{DataElement, Tag};
use dicom_dictionary_std::tags;

use crate::dataset::{Dataset, of_texts};

/// An imaging order as a device must know it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WorklistItem {
    /// The patient's number in this hospital.
    pub patient_id: String,
    /// The patient's name, as `Family^Given`.
    pub patient_name: String,
    /// `YYYYMMDD`.
    pub birth_date: String,
    /// `M`, `F`, `O` or empty.
    pub sex: String,
    /// The number of the order, which the images carry back.
    pub accession: String,
    /// The study the images will belong to.
    pub study: String,
    /// What is to be done, in words.
    pub procedure: String,
    /// Its code, coding scheme and meaning.
    pub code: (String, String, String),
    /// `CR`, `CT`, `MR`, `US`.
    pub modality: String,
    /// The device that is to do it.
    pub station: String,
    /// `YYYYMMDD`.
    pub date: String,
    /// `HHMMSS`.
    pub time: String,
    /// Who ordered it, as `Family^Given`.
    pub referring: String,
    /// Why, in words.
    pub reason: String,
}

impl WorklistItem {
    /// The item as a data set (PS3.4, table K.6-1).
    pub fn dataset(&self) -> Dataset {
        let step = of_texts(&[
            (tags::SCHEDULED_STATION_AE_TITLE, VR::AE, &self.station),
            (tags::SCHEDULED_PROCEDURE_STEP_START_DATE, VR::DA, &self.date),
            (tags::SCHEDULED_PROCEDURE_STEP_START_TIME, VR::TM, &self.time),
            (tags::MODALITY, VR::CS, &self.modality),
            (tags::SCHEDULED_PROCEDURE_STEP_DESCRIPTION, VR::LO, &self.procedure),
            (tags::SCHEDULED_PROCEDURE_STEP_ID, VR::SH, &self.accession),
            (tags::SCHEDULED_STATION_NAME, VR::SH, &self.station),
            (tags::SCHEDULED_PERFORMING_PHYSICIAN_NAME, VR::PN, ""),
        ]);
        let (code, scheme, meaning) = &self.code;
        let code = of_texts(&[
            (tags::CODE_VALUE, VR::SH, code),
            (tags::CODING_SCHEME_DESIGNATOR, VR::SH, scheme),
            (tags::CODE_MEANING, VR::LO, meaning),
        ]);
        let mut item = of_texts(&[
            (tags::SPECIFIC_CHARACTER_SET, VR::CS, "ISO_IR 192"),
            (tags::ACCESSION_NUMBER, VR::SH, &self.accession),
            (tags::REFERRING_PHYSICIAN_NAME, VR::PN, &self.referring),
            (tags::REQUESTING_PHYSICIAN, VR::PN, &self.referring),
            (tags::PATIENT_NAME, VR::PN, &self.patient_name),
            (tags::PATIENT_ID, VR::LO, &self.patient_id),
            (tags::PATIENT_BIRTH_DATE, VR::DA, &self.birth_date),
            (tags::PATIENT_SEX, VR::CS, &self.sex),
            (tags::STUDY_INSTANCE_UID, VR::UI, &self.study),
            (tags::REQUESTED_PROCEDURE_DESCRIPTION, VR::LO, &self.procedure),
            (tags::REQUESTED_PROCEDURE_ID, VR::SH, &self.accession),
            (tags::REASON_FOR_THE_REQUESTED_PROCEDURE, VR::LO, &self.reason),
        ]);
        item.put(sequence(tags::SCHEDULED_PROCEDURE_STEP_SEQUENCE, step));
        item.put(sequence(tags::REQUESTED_PROCEDURE_CODE_SEQUENCE, code));
        item
    }
}

fn sequence(tag: Tag, item: Dataset) -> DataElement<Dataset, dicom_core::value::InMemFragment> {
    DataElement::new(tag, VR::SQ, DataSetSequence::from(vec![item]))
}
