use dicom_core::header::VR;
use dicom_core::{DataElement, PrimitiveValue};
use dicom_dictionary_std::tags;
use proptest::prelude::*;

use super::*;
use crate::synthesis;

fn sample() -> Vec<u8> {
    static DRAWN: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(|| {
        synthesis::file(&crate::synthesis::tests::request(synthesis::Kind::HeadCt), 1).unwrap().unwrap()
    });
    DRAWN.clone()
}

#[test]
fn our_implementation_is_named_by_a_uid_of_its_own() {
    assert_eq!(implementation().0, crate::uid::derived(&["practicum"]));
}

#[test]
fn a_file_is_split_where_its_meta_information_ends_and_wrapped_again_byte_for_byte() {
    let file = sample();
    let parts = split(&file).unwrap();
    assert_eq!(parts.meta.syntax, EXPLICIT_LE);
    assert_eq!(wrap(&parts.meta, &file[parts.dataset.clone()]), file);
    let (header, layout) = read(&file[parts.dataset], EXPLICIT_LE).unwrap();
    assert_eq!(first(&header, tags::MODALITY), "CT");
    assert!(matches!(layout.pixels, Some(Pixels::Native(ref range)) if range.len() == 128 * 128 * 2));
}

#[test]
fn what_is_cut_off_or_too_long_is_told_with_its_place() {
    let file = sample();
    let dataset = &file[split(&file).unwrap().dataset];
    for cut in [1, 9, 200, dataset.len() / 2, dataset.len() - 1] {
        let error = read(&dataset[..cut], EXPLICIT_LE).unwrap_err();
        assert!(
            matches!(error, DatasetError::Short { .. } | DatasetError::Malformed { .. }),
            "{cut}: {error}"
        );
    }
    // PixelData of four gigabytes, with two bytes there.
    let huge = [0xe0, 0x7f, 0x10, 0, b'O', b'W', 0, 0, 0xfe, 0xff, 0xff, 0xff, 1, 2];
    let error = read(&huge, EXPLICIT_LE).unwrap_err().to_string();
    assert!(error.contains("4294967294 bytes long, but only 2 are left"), "{error}");
    let error = read(&[8, 0, 0x16, 0, 0xff, 0xff, 0xff, 0x7f], IMPLICIT_LE).unwrap_err().to_string();
    assert!(error.contains("(0008,0016)"), "{error}");
    assert!(matches!(read(&[], "1.2.840.10008.1.2.2"), Err(DatasetError::Syntax(_))));
    assert!(split(b"no").unwrap_err().to_string().contains("DICM"));
}

#[test]
fn an_object_is_written_in_the_other_encoding_and_back() {
    let file = sample();
    let dataset = &file[split(&file).unwrap().dataset];
    let implicit = recode(dataset, EXPLICIT_LE, IMPLICIT_LE).unwrap();
    assert_ne!(implicit, dataset);
    assert_eq!(recode(&implicit, IMPLICIT_LE, EXPLICIT_LE).unwrap(), dataset);
    assert!(recode(dataset, "1.2.840.10008.1.2.4.90", IMPLICIT_LE).is_err());
}

#[test]
fn meta_information_with_an_unknown_representation_costs_no_memory() {
    // Read as a length of four bytes, what follows `U?` would be a value of hundreds of megabytes.
    let mut file = sample();
    let at = file.windows(6).position(|window| window == [2, 0, 0x10, 0, b'U', b'I']).unwrap();
    file[at + 5] = 0xae;
    let error = split(&file).unwrap_err();
    assert!(error.to_string().contains("value representation"), "{error}");
}

#[test]
fn sequences_that_stand_too_deep_are_refused() {
    let mut bytes = Vec::new();
    for _ in 0..40 {
        bytes.extend_from_slice(&[0x08, 0, 0x15, 0x11, b'S', b'Q', 0, 0, 0xff, 0xff, 0xff, 0xff]);
        bytes.extend_from_slice(&[0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff]);
    }
    assert!(matches!(read(&bytes, EXPLICIT_LE), Err(DatasetError::Beyond(_))));
}

#[test]
fn compressed_fragments_are_found_and_their_offset_table_left_out() {
    let item = |bytes: &[u8]| {
        let mut item = vec![0xfe, 0xff, 0, 0xe0, bytes.len() as u8, 0, 0, 0];
        item.extend_from_slice(bytes);
        item
    };
    let mut bytes = vec![0xe0, 0x7f, 0x10, 0, b'O', b'B', 0, 0, 0xff, 0xff, 0xff, 0xff];
    bytes.extend(item(&[]));
    bytes.extend(item(&[1, 2, 3, 4]));
    bytes.extend(item(&[5, 6]));
    bytes.extend_from_slice(&[0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]);
    let layout = walk(&bytes, true).unwrap();
    let Some(Pixels::Fragments(found)) = layout.pixels else { panic!("no fragments") };
    assert_eq!(
        found.iter().map(|range| &bytes[range.clone()]).collect::<Vec<_>>(),
        [&[1, 2, 3, 4][..], &[5, 6]]
    );
    bytes.truncate(bytes.len() - 8);
    assert!(walk(&bytes, true).is_err());
}

#[test]
fn both_encodings_and_json_say_the_same() {
    let item = Dataset::from_element_iter([DataElement::new(tags::CODE_VALUE, VR::SH, "36643-5")]);
    let sequence = dicom_core::value::DataSetSequence::from(vec![item]);
    let dataset = Dataset::from_element_iter([
        DataElement::new(tags::PATIENT_NAME, VR::PN, PrimitiveValue::from("Doe^Jo")),
        DataElement::new(tags::ROWS, VR::US, PrimitiveValue::from(128_u16)),
        DataElement::new(tags::PROCEDURE_CODE_SEQUENCE, VR::SQ, sequence),
    ]);
    for syntax in [EXPLICIT_LE, IMPLICIT_LE] {
        let bytes = write(&dataset, syntax).unwrap();
        assert_eq!(to_json(&read(&bytes, syntax).unwrap().0), to_json(&dataset), "{syntax}");
    }
    let json = to_json(&dataset);
    assert_eq!(json["00100010"]["Value"][0]["Alphabetic"], "Doe^Jo");
    assert_eq!(to_json(&from_json(&json).unwrap()), json);
}

proptest! {
    #[test]
    fn any_bytes_are_answered(bytes in prop::collection::vec(any::<u8>(), 0..400), explicit: bool) {
        let syntax = if explicit { EXPLICIT_LE } else { IMPLICIT_LE };
        let _ = read(&bytes, syntax);
        let _ = split(&bytes);
    }

    #[test]
    fn a_spoiled_object_is_answered(at in 0_usize..1_200, byte: u8, more in 0_usize..600) {
        let file = sample();
        let start = split(&file).unwrap().dataset.start;
        let mut whole = file.clone();
        whole[128 + at % 300] = byte;
        let _ = split(&whole);
        let mut dataset = file[start..].to_vec();
        dataset[at] = byte;
        dataset.truncate(dataset.len() - more);
        let _ = crate::index::index(&dataset, EXPLICIT_LE);
        let _ = crate::index::index(&dataset, IMPLICIT_LE);
    }
}
