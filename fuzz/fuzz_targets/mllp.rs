//! The stream of a connection: frames are the same however it is cut, keep within the limit, and nothing brings it down.
#![no_main]

use libfuzzer_sys::fuzz_target;
use standards::hl7::mllp::{Decoder, Event};

const LIMIT_BYTES: usize = 64;

fuzz_target!(|bytes: &[u8]| {
    let whole = frames(bytes, bytes.len().max(1));
    assert!(whole.iter().all(|frame| frame.len() <= LIMIT_BYTES));
    assert_eq!(frames(bytes, 1), whole, "cutting changes nothing");
    assert_eq!(frames(bytes, 3), whole);
});

fn frames(bytes: &[u8], piece: usize) -> Vec<Vec<u8>> {
    let mut decoder = Decoder::new(LIMIT_BYTES);
    let mut frames = Vec::new();
    for piece in bytes.chunks(piece) {
        decoder.feed(piece);
        while let Some(event) = decoder.next_event() {
            if let Event::Frame(frame) = event {
                frames.push(frame);
            }
        }
        assert!(decoder.half().is_none_or(|length| length <= LIMIT_BYTES));
    }
    frames
}
