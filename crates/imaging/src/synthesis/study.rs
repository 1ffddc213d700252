use dicom_core::header::VR;
use dicom_core::{DataElement, PrimitiveValue};
use dicom_dictionary_std::tags;

use super::attributes::{header, size, sop_class};
use super::chest_film::Chest;
use super::kind::Kind;
use super::noise::Noise;
use super::request::StudyRequest;
use super::shape::point;
use super::{abdomen, chest_ct, head};
use crate::dataset::{Dataset, DatasetError, EXPLICIT_LE, Meta, first, wrap, write};

pub use super::attributes::SYNTHETIC;

/// What is added to Hounsfield units so that none is below zero: the rescale intercept, turned round.
const ABOVE: f64 = 1024.0;

/// The attributes of every object of a study, without their pixels: what queries need.
pub fn headers(request: &StudyRequest) -> Vec<Dataset> {
    (1..=request.kind.images()).map(|number| header(request, number)).collect()
}

/// The data set of image `number`, from 1, in Explicit VR Little Endian; `None` if the study has no such image.
///
/// # Errors
/// [`DatasetError`] when a value of the request does not fit its attribute.
pub fn object(request: &StudyRequest, number: u32) -> Result<Option<Vec<u8>>, DatasetError> {
    if !(1..=request.kind.images()).contains(&number) {
        return Ok(None);
    }
    let mut dataset = header(request, number);
    let pixels = match request.kind {
        Kind::AbdomenUltrasound => DataElement::new(tags::PIXEL_DATA, VR::OB, bytes(request)),
        _ => DataElement::new(tags::PIXEL_DATA, VR::OW, words(request, number)),
    };
    dataset.put(pixels);
    write(&dataset, EXPLICIT_LE).map(Some)
}

/// The same as a file.
///
/// # Errors
/// [`DatasetError`].
pub fn file(request: &StudyRequest, number: u32) -> Result<Option<Vec<u8>>, DatasetError> {
    let Some(dataset) = object(request, number)? else { return Ok(None) };
    let sop_instance = first(&header(request, number), tags::SOP_INSTANCE_UID);
    let meta =
        Meta { sop_class: sop_class(request.kind).to_owned(), sop_instance, syntax: EXPLICIT_LE.to_owned() };
    Ok(Some(wrap(&meta, &dataset)))
}

fn bytes(request: &StudyRequest) -> PrimitiveValue {
    let noise = Noise::new(request.seed);
    let value = |column, row, p| abdomen::brightness(noise, request.seen(), p, (column, row));
    PrimitiveValue::U8(each_pixel(request.kind, value).into())
}

fn words(request: &StudyRequest, number: u32) -> PrimitiveValue {
    let noise = Noise::new(request.seed).part(u64::from(number));
    // What stays the same from slice to slice must not depend on the slice.
    let person = Noise::new(request.seed);
    let z = (f64::from(number) - 0.5) / f64::from(request.kind.images());
    let chest = Chest::new(request.seed, &request.findings, request.place);
    let seen = request.seen();
    let grained = |value: f64, column, row| value + noise.grain(column, row) * 3.0;
    let value = |column: i64, row: i64, p| match request.kind {
        Kind::ChestCt => {
            stored(grained(chest_ct::hounsfield(person, seen, p, z, (column, row)), column, row) + ABOVE)
        }
        Kind::HeadCt => {
            stored(grained(head::hounsfield(person, seen, p, z, (column, row)), column, row) + ABOVE)
        }
        Kind::BrainMr => stored(grained(head::signal(person, seen, p, z, (column, row)), column, row)),
        _ => chest.value(p, (column as u32, row as u32)),
    };
    PrimitiveValue::U16(each_pixel(request.kind, value).into())
}

fn each_pixel<T>(kind: Kind, value: impl Fn(i64, i64, (f64, f64)) -> T) -> Vec<T> {
    let (columns, rows) = size(kind);
    let places = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
    places.map(|(column, row)| value(column.into(), row.into(), point(column, row, columns, rows))).collect()
}

/// As 12 bits.
fn stored(value: f64) -> u16 {
    value.clamp(0.0, 4095.0) as u16
}
