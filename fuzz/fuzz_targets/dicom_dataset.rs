//! A DICOM object in either encoding, or a file: it is indexed or refused with a place, and its index can be searched.
#![no_main]

use imaging::dataset::{EXPLICIT_LE, IMPLICIT_LE, from_json, read, split, to_json};
use imaging::index::index;
use imaging::picture::Frame;
use imaging::query::{Level, matches, project};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for syntax in [EXPLICIT_LE, IMPLICIT_LE] {
        look(bytes, syntax);
    }
    if let Ok(file) = split(bytes) {
        look(&bytes[file.dataset], &file.meta.syntax);
    }
});

fn look(dataset: &[u8], syntax: &str) {
    let _ = index(dataset, syntax);
    let Ok((header, layout)) = read(dataset, syntax) else { return };
    assert!(layout.header_end <= dataset.len());
    let _ = from_json(&to_json(&header));
    let _ = matches(&header, &header);
    let _ = project(std::slice::from_ref(&header), Level::Study);
    if let Ok(frame) = Frame::read(&header, &layout, dataset, syntax, 1) {
        let _ = frame.png(None);
    }
}
