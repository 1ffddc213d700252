//! The attributes a device would write (PS3.3, A.2, A.3, A.4 and A.6).

use dicom_core::header::VR;
use dicom_core::{DataElement, PrimitiveValue, Tag};
use dicom_dictionary_std::{tags, uids};

use super::kind::Kind;
use super::request::StudyRequest;
use super::{abdomen, chest_film};
use crate::dataset::Dataset;
use crate::uid;

/// What every object says of itself, in comments on the patient and on the image.
pub const SYNTHETIC: &str = "SYNTHETIC: drawn by a program; no such person exists";

/// Pixels along each side of a slice.
pub(super) const SLICE_SIDE: u32 = 128;

/// Columns and rows.
pub(super) fn size(kind: Kind) -> (u32, u32) {
    match kind {
        Kind::ChestFilm | Kind::PortableChestFilm => (chest_film::SIDE, chest_film::SIDE),
        Kind::AbdomenUltrasound => abdomen::SIZE,
        Kind::ChestCt | Kind::HeadCt | Kind::BrainMr => (SLICE_SIDE, SLICE_SIDE),
    }
}

/// The class of its objects.
pub(super) fn sop_class(kind: Kind) -> &'static str {
    match kind {
        Kind::ChestFilm | Kind::PortableChestFilm => uids::COMPUTED_RADIOGRAPHY_IMAGE_STORAGE,
        Kind::ChestCt | Kind::HeadCt => uids::CT_IMAGE_STORAGE,
        Kind::BrainMr => uids::MR_IMAGE_STORAGE,
        Kind::AbdomenUltrasound => uids::ULTRASOUND_IMAGE_STORAGE,
    }
}

/// Everything but the pixels, of image `number` from 1.
pub(super) fn header(request: &StudyRequest, number: u32) -> Dataset {
    let mut made = Dataset::new_empty();
    common(&mut made, request, number);
    pixels(&mut made, request.kind);
    match request.kind {
        Kind::ChestFilm | Kind::PortableChestFilm => film(&mut made, request.kind),
        Kind::ChestCt | Kind::HeadCt | Kind::BrainMr => slice(&mut made, request, number),
        Kind::AbdomenUltrasound => ultrasound(&mut made),
    }
    made
}

fn common(made: &mut Dataset, request: &StudyRequest, number: u32) {
    let (date, time) = (&request.performed.0, &request.performed.1);
    let series = uid::derived(&[&request.study, "series 1"]);
    let instance = uid::derived(&[&request.study, "series 1", &number.to_string()]);
    let text: [(Tag, VR, &str); 30] = [
        (tags::SPECIFIC_CHARACTER_SET, VR::CS, "ISO_IR 192"),
        (tags::SOP_CLASS_UID, VR::UI, sop_class(request.kind)),
        (tags::SOP_INSTANCE_UID, VR::UI, &instance),
        (tags::STUDY_DATE, VR::DA, date),
        (tags::SERIES_DATE, VR::DA, date),
        (tags::ACQUISITION_DATE, VR::DA, date),
        (tags::CONTENT_DATE, VR::DA, date),
        (tags::STUDY_TIME, VR::TM, time),
        (tags::SERIES_TIME, VR::TM, time),
        (tags::ACQUISITION_TIME, VR::TM, time),
        (tags::CONTENT_TIME, VR::TM, time),
        (tags::ACCESSION_NUMBER, VR::SH, &request.accession),
        (tags::MODALITY, VR::CS, request.kind.modality()),
        (tags::MANUFACTURER, VR::LO, "Practicum"),
        (tags::MANUFACTURER_MODEL_NAME, VR::LO, "Synthetic modality"),
        (tags::INSTITUTION_NAME, VR::LO, &request.institution),
        (tags::REFERRING_PHYSICIAN_NAME, VR::PN, &request.referring),
        (tags::STUDY_DESCRIPTION, VR::LO, &request.description),
        (tags::SERIES_DESCRIPTION, VR::LO, series_description(request.kind)),
        (tags::PATIENT_NAME, VR::PN, &request.patient.name),
        (tags::PATIENT_ID, VR::LO, &request.patient.id),
        (tags::PATIENT_BIRTH_DATE, VR::DA, &request.patient.birth_date),
        (tags::PATIENT_SEX, VR::CS, &request.patient.sex),
        (tags::PATIENT_COMMENTS, VR::LT, SYNTHETIC),
        (tags::IMAGE_COMMENTS, VR::LT, SYNTHETIC),
        (tags::STUDY_INSTANCE_UID, VR::UI, &request.study),
        (tags::SERIES_INSTANCE_UID, VR::UI, &series),
        (tags::STUDY_ID, VR::SH, &request.accession),
        (tags::BODY_PART_EXAMINED, VR::CS, body_part(request.kind)),
        (tags::BURNED_IN_ANNOTATION, VR::CS, "NO"),
    ];
    for (tag, vr, value) in text {
        put(made, tag, vr, value);
    }
    put(made, tags::SERIES_NUMBER, VR::IS, "1");
    put(made, tags::INSTANCE_NUMBER, VR::IS, &number.to_string());
}

fn pixels(made: &mut Dataset, kind: Kind) {
    let (columns, rows) = size(kind);
    let (allocated, stored) = if kind == Kind::AbdomenUltrasound { (8, 8) } else { (16, 12) };
    put(made, tags::PHOTOMETRIC_INTERPRETATION, VR::CS, "MONOCHROME2");
    let numbers: [(Tag, u32); 7] = [
        (tags::SAMPLES_PER_PIXEL, 1),
        (tags::ROWS, rows),
        (tags::COLUMNS, columns),
        (tags::BITS_ALLOCATED, allocated),
        (tags::BITS_STORED, stored),
        (tags::HIGH_BIT, stored - 1),
        (tags::PIXEL_REPRESENTATION, 0),
    ];
    for (tag, number) in numbers {
        made.put(DataElement::new(tag, VR::US, PrimitiveValue::from(number as u16)));
    }
    let (center, width) = match kind {
        Kind::ChestFilm | Kind::PortableChestFilm => ("1850", "3100"),
        Kind::ChestCt => ("-500", "1500"),
        Kind::HeadCt => ("35", "90"),
        Kind::BrainMr => ("600", "1200"),
        Kind::AbdomenUltrasound => ("128", "256"),
    };
    put(made, tags::WINDOW_CENTER, VR::DS, center);
    put(made, tags::WINDOW_WIDTH, VR::DS, width);
}

fn film(made: &mut Dataset, kind: Kind) {
    let view = if kind == Kind::ChestFilm { "PA" } else { "AP" };
    for (tag, vr, value) in [
        (tags::IMAGE_TYPE, VR::CS, "DERIVED\\PRIMARY"),
        (tags::VIEW_POSITION, VR::CS, view),
        (tags::PATIENT_ORIENTATION, VR::CS, "L\\F"),
        (tags::LATERALITY, VR::CS, ""),
        (tags::KVP, VR::DS, "120"),
        (tags::IMAGER_PIXEL_SPACING, VR::DS, "0.7\\0.7"),
        (tags::PIXEL_SPACING, VR::DS, "0.7\\0.7"),
    ] {
        put(made, tag, vr, value);
    }
}

fn slice(made: &mut Dataset, request: &StudyRequest, number: u32) {
    let (spacing, thickness) = if request.kind == Kind::ChestCt { (2.8, 30.0) } else { (1.9, 15.0) };
    let corner = -spacing * f64::from(SLICE_SIDE) / 2.0;
    // Slices of the chest go down, those of the head go up.
    let direction = if request.kind == Kind::ChestCt { -1.0 } else { 1.0 };
    let height = direction * thickness * f64::from(number - 1);
    let frame = uid::derived(&[&request.study, "frame of reference"]);
    for (tag, vr, value) in [
        (tags::IMAGE_TYPE, VR::CS, "DERIVED\\PRIMARY\\AXIAL".to_owned()),
        (tags::SLICE_THICKNESS, VR::DS, thickness.to_string()),
        (tags::SPACING_BETWEEN_SLICES, VR::DS, thickness.to_string()),
        (tags::PATIENT_POSITION, VR::CS, "HFS".to_owned()),
        (tags::ACQUISITION_NUMBER, VR::IS, "1".to_owned()),
        (tags::IMAGE_POSITION_PATIENT, VR::DS, format!("{corner}\\{corner}\\{height}")),
        (tags::IMAGE_ORIENTATION_PATIENT, VR::DS, "1\\0\\0\\0\\1\\0".to_owned()),
        (tags::FRAME_OF_REFERENCE_UID, VR::UI, frame),
        (tags::POSITION_REFERENCE_INDICATOR, VR::LO, String::new()),
        (tags::SLICE_LOCATION, VR::DS, height.to_string()),
        (tags::PIXEL_SPACING, VR::DS, format!("{spacing}\\{spacing}")),
    ] {
        put(made, tag, vr, &value);
    }
    let own: &[(Tag, VR, &str)] = if request.kind == Kind::BrainMr {
        &[
            (tags::SCANNING_SEQUENCE, VR::CS, "SE"),
            (tags::SEQUENCE_VARIANT, VR::CS, "NONE"),
            (tags::SCAN_OPTIONS, VR::CS, ""),
            (tags::MR_ACQUISITION_TYPE, VR::CS, "2D"),
            (tags::REPETITION_TIME, VR::DS, "500"),
            (tags::ECHO_TIME, VR::DS, "12"),
            (tags::ECHO_TRAIN_LENGTH, VR::IS, "1"),
        ]
    } else {
        &[
            (tags::KVP, VR::DS, "120"),
            (tags::RESCALE_INTERCEPT, VR::DS, "-1024"),
            (tags::RESCALE_SLOPE, VR::DS, "1"),
            (tags::RESCALE_TYPE, VR::LO, "HU"),
        ]
    };
    for (tag, vr, value) in own {
        put(made, *tag, *vr, value);
    }
}

fn ultrasound(made: &mut Dataset) {
    put(made, tags::IMAGE_TYPE, VR::CS, "DERIVED\\PRIMARY\\ABDOMINAL");
    put(made, tags::LOSSY_IMAGE_COMPRESSION, VR::CS, "00");
    made.put(DataElement::new(tags::ULTRASOUND_COLOR_DATA_PRESENT, VR::US, PrimitiveValue::from(0_u16)));
}

fn series_description(kind: Kind) -> &'static str {
    match kind {
        Kind::ChestFilm => "Chest PA",
        Kind::PortableChestFilm => "Chest AP portable",
        Kind::ChestCt => "Chest axial",
        Kind::HeadCt => "Head axial",
        Kind::BrainMr => "Brain T1 axial",
        Kind::AbdomenUltrasound => "Right upper quadrant",
    }
}

fn body_part(kind: Kind) -> &'static str {
    match kind {
        Kind::ChestFilm | Kind::PortableChestFilm | Kind::ChestCt => "CHEST",
        Kind::HeadCt => "HEAD",
        Kind::BrainMr => "BRAIN",
        Kind::AbdomenUltrasound => "ABDOMEN",
    }
}

/// Texts with backslashes are several values.
fn put(made: &mut Dataset, tag: Tag, vr: VR, value: &str) {
    let value = match vr {
        VR::LT => PrimitiveValue::from(value),
        _ if value.contains('\\') => PrimitiveValue::Strs(value.split('\\').map(str::to_owned).collect()),
        _ => PrimitiveValue::from(value),
    };
    made.put(DataElement::new(tag, vr, value));
}
