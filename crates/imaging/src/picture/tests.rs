use dicom_core::header::VR;
use dicom_core::{DataElement, PrimitiveValue};
use dicom_dictionary_std::tags;

use super::*;
use crate::dataset::{EXPLICIT_LE, Layout, Pixels, read};
use crate::synthesis::tests::request;
use crate::synthesis::{Kind, object};

#[test]
fn a_window_is_black_below_and_white_above() {
    let window = Window { center: 40.0, width: 80.0 };
    for (value, grey) in [(-1000.0, 0), (0.0, 0), (39.5, 127), (79.5, 255), (3000.0, 255)] {
        assert!(window.grey(value).abs_diff(grey) <= 1, "{value}: {}", window.grey(value));
    }
}

#[test]
fn a_slice_is_drawn_through_its_own_window_or_another() {
    let dataset = object(&request(Kind::HeadCt), 4).unwrap().unwrap();
    let (header, layout) = read(&dataset, EXPLICIT_LE).unwrap();
    let frame = Frame::read(&header, &layout, &dataset, EXPLICIT_LE, 1).unwrap();
    assert_eq!(frame.window, Some(Window { center: 35.0, width: 90.0 }));
    let own = frame.png(None).unwrap();
    let bone = frame.png(Some(Window { center: 500.0, width: 2000.0 })).unwrap();
    assert_eq!(&own[1..4], b"PNG");
    assert_ne!(own, bone);
    let none = Frame::read(&header, &layout, &dataset, EXPLICIT_LE, 2);
    assert_eq!(none, Err(PictureError::NoFrame { asked: 2, there: 1 }));
}

#[test]
fn descriptions_that_do_not_fit_are_refused() {
    let (mut header, _) =
        read(&object(&request(Kind::AbdomenUltrasound), 1).unwrap().unwrap(), EXPLICIT_LE).unwrap();
    let bytes = [0_u8; 64];
    let layout = Layout { header_end: 0, pixels: Some(Pixels::Native(0..64)) };
    let mut with = |tag, value: u16| {
        header.put(DataElement::new(tag, VR::US, PrimitiveValue::from(value)));
        Frame::read(&header, &layout, &bytes, EXPLICIT_LE, 1).map(|_| ())
    };
    assert!(matches!(with(tags::ROWS, 60_000), Err(PictureError::Unfit(_))));
    assert!(matches!(with(tags::COLUMNS, 0), Err(PictureError::Unfit(_))));
    with(tags::COLUMNS, 8).unwrap_err();
    with(tags::ROWS, 8).unwrap();
    assert!(matches!(with(tags::BITS_STORED, 9), Err(PictureError::NotDrawn(_))));
    let compressed =
        Layout { header_end: 0, pixels: Some(Pixels::Fragments(std::iter::once(0..64).collect())) };
    assert!(matches!(
        Frame::read(&header, &compressed, &bytes, "1.2.840.10008.1.2.4.90", 1),
        Err(PictureError::NotDrawn(what)) if what == "JPEG 2000"
    ));
}
