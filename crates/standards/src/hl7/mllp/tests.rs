use proptest::prelude::*;

use crate::hl7::mllp::{Decoder, Event, Fault, frame};

fn events(limit_bytes: usize, pieces: &[&[u8]]) -> Vec<Event> {
    let mut decoder = Decoder::new(limit_bytes);
    let mut events = Vec::new();
    for piece in pieces {
        decoder.feed(piece);
        events.extend(std::iter::from_fn(|| decoder.next_event()));
    }
    events
}

fn framed(content: &str) -> Event {
    Event::Frame(content.as_bytes().to_vec())
}

fn outside(count: usize, beginning: &str, message: bool) -> Event {
    Event::Fault(Fault::Outside { count, beginning: beginning.to_owned(), message })
}

#[test]
fn frames_are_found_however_they_are_cut() {
    for (pieces, expected) in [
        (&[&b"\x0bMSH|\x1c\r"[..]][..], vec![framed("MSH|")]),
        (&[b"\x0bMS", b"H|", b"\x1c", b"\r\x0b2\x1c\r"], vec![framed("MSH|"), framed("2")]),
        (&[b"\x0b1\x1c\r\x0b2\x1c\r\r\n"], vec![framed("1"), framed("2")]),
        (&[b"\x0b\x1c\r"], vec![framed("")]),
        (&[b"\x0bhalf"], vec![]),
    ] {
        assert_eq!(events(100, pieces), expected, "{pieces:?}");
    }
}

#[test]
fn what_is_wrong_is_said_and_the_next_frame_found() {
    for (bytes, expected) in [
        (&b"GET / HTTP/1.1\r\n"[..], vec![outside(14, "GET / HTTP/1.1", false)]),
        (b"MSH|^~\\&|\r\x0b1\x1c\r", vec![outside(9, "MSH|^~\\&|", true), framed("1")]),
        (b"\x0b1\x1c\x0b2\x1c\r", vec![framed("1"), Event::Fault(Fault::NoReturn), framed("2")]),
        (b"\x0b12\x0b3\x1c\r", vec![Event::Fault(Fault::BeganAgain { lost: 2 }), framed("3")]),
        (
            b"\x0b12345678901\x1c\r\x0b2\x1c\r",
            vec![Event::Fault(Fault::TooLong { limit_bytes: 10 }), framed("2")],
        ),
        (b"\x0b1234567890\x1c\r", vec![framed("1234567890")]),
    ] {
        assert_eq!(events(10, &[bytes]), expected, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_half_frame_is_known() {
    let mut decoder = Decoder::new(10);
    assert_eq!(decoder.half(), None);
    decoder.feed(b"\x0bMSH");
    assert_eq!(decoder.half(), Some(3));
    decoder.feed(b"12345678");
    assert_eq!(decoder.half(), Some(10));
    decoder.feed(b"\x1c");
    assert_eq!(decoder.half(), None);
}

proptest! {
    #[test]
    fn what_is_framed_is_read(contents in proptest::collection::vec("[^\u{b}\u{1c}]{0,40}", 0..5), cut in 1..9_usize) {
        let stream: Vec<u8> = contents.iter().flat_map(|content| frame(content.as_bytes())).collect();
        let pieces: Vec<&[u8]> = stream.chunks(cut).collect();
        let expected: Vec<Event> = contents.iter().map(|content| framed(content)).collect();
        prop_assert_eq!(events(1000, &pieces), expected);
    }

    #[test]
    fn any_bytes_keep_within_the_limit(bytes in proptest::collection::vec(proptest::sample::select(b"\x0b\x1c\rM".to_vec()), 0..200)) {
        for event in events(5, &[&bytes]) {
            if let Event::Frame(content) = event {
                prop_assert!(content.len() <= 5);
            }
        }
    }
}
