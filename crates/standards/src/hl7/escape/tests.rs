use proptest::prelude::*;

use crate::hl7::charset::Charset;
use crate::hl7::escape::{EscapeError, escape, unescape};
use crate::hl7::message::Separators;

fn read(bytes: &str) -> String {
    unescape(bytes.as_bytes(), &Separators::STANDARD, &Charset::Utf8)
}

#[test]
fn sequences_become_what_they_mean() {
    for (bytes, text) in [
        ("plain", "plain"),
        (r"Smith \T\ Sons", "Smith & Sons"),
        (r"\F\\S\\R\\E\\T\", r"|^~\&"),
        (r"one\.br\two", "one\ntwo"),
        (r"one\.sp 2\two\.sp+1\", "one\n\ntwo\n"),
        (r"a\.sk3\b\.ce\c\.in+4\d", "a   b\ncd"),
        (r"\H\high\N\ normal", "high normal"),
        (r"\X0D\\X41C3AB\", "\rAë"),
        // The bytes of one character may come in two sequences.
        (r"\XC3\\XAB\", "ë"),
        // What means nothing is kept.
        (r"\Zlocal\", r"\Zlocal\"),
        (r"\C2842\", r"\C2842\"),
        (r"C:\temp\new", r"C:\temp\new"),
        (r"\X4\", r"\X4\"),
        (r"\X\", r"\X\"),
        (r"\.\", r"\.\"),
        (r"\P\", r"\P\"),
        ("a\\", "a\\"),
        (r"5\F and \S\", r"5\F and ^"),
    ] {
        assert_eq!(read(bytes), text, "{bytes}");
    }
}

#[test]
fn text_is_written_so_that_nothing_in_it_separates() {
    let separators = Separators { truncation: Some(b'#'), ..Separators::STANDARD };
    for (text, bytes) in [
        (r"|^~\&", r"\F\\S\\R\\E\\T\"),
        ("a\nb\rc", r"a\.br\b\X0D\c"),
        ("\u{b}\u{1c}", r"\X0B\\X1C\"),
        ("#1", r"\P\1"),
    ] {
        assert_eq!(escape(text, &separators, &Charset::Utf8).unwrap(), bytes.as_bytes(), "{text:?}");
    }
}

#[test]
fn what_cannot_be_written_is_refused() {
    let bare = Separators { escape: None, ..Separators::STANDARD };
    assert_eq!(escape("a|b", &bare, &Charset::Utf8), Err(EscapeError::NoEscape { letter: '|' }));
    let foreign = EscapeError::Foreign { letter: 'ë', charset: "ASCII".to_owned() };
    assert_eq!(escape("Zoë", &Separators::STANDARD, &Charset::Ascii), Err(foreign));
}

fn separators() -> impl Strategy<Value = Separators> {
    let marks = proptest::sample::subsequence("!#$%'()*+,-./:;<=>?@[]_`{}|^~\\&".as_bytes().to_vec(), 6)
        .prop_shuffle();
    marks.prop_map(|marks| Separators {
        field: marks[0],
        component: Some(marks[1]),
        repetition: Some(marks[2]),
        escape: Some(marks[3]),
        subcomponent: Some(marks[4]),
        truncation: Some(marks[5]),
    })
}

proptest! {
    #[test]
    fn any_text_comes_back(text in "(?s).*|[|^~\\\\&\\n\\rXFSTRE.br]*", separators in separators()) {
        let bytes = escape(&text, &separators, &Charset::Utf8).unwrap();
        prop_assert_eq!(unescape(&bytes, &separators, &Charset::Utf8), text);
        let outside = [Some(separators.field), separators.component, separators.repetition, separators.subcomponent];
        prop_assert!(!bytes.iter().any(|byte| outside.contains(&Some(*byte)) || matches!(byte, b'\r' | b'\n')));
    }

    #[test]
    fn any_bytes_have_a_text(bytes: Vec<u8>) {
        for charset in [Charset::Unsaid, Charset::Ascii, Charset::Utf8, Charset::Iso8859(7)] {
            let _ = unescape(&bytes, &Separators::STANDARD, &charset);
        }
    }
}
