use crate::hl7::charset::Charset;
use crate::hl7::charset::tables::UPPER;

#[test]
fn names_of_the_table_are_known_and_others_are_kept() {
    for (name, charset, again) in [
        ("", Charset::Unsaid, ""),
        ("ASCII", Charset::Ascii, "ASCII"),
        ("unicode utf-8", Charset::Utf8, "UNICODE UTF-8"),
        ("UNICODE", Charset::Utf8, "UNICODE UTF-8"),
        ("8859/1", Charset::Iso8859(1), "8859/1"),
        ("8859/15", Charset::Iso8859(15), "8859/15"),
        ("8859/10", Charset::Unknown("8859/10".to_owned()), "8859/10"),
        ("ISO IR87", Charset::Unknown("ISO IR87".to_owned()), "ISO IR87"),
    ] {
        assert_eq!(Charset::named(name), charset, "{name}");
        assert_eq!(charset.name(), again);
    }
}

#[test]
fn every_character_of_every_part_comes_back() {
    for (part, characters) in UPPER {
        let charset = Charset::Iso8859(part);
        assert_eq!(characters.chars().count(), 96, "part {part}");
        let known: String = characters.chars().filter(|letter| *letter != '\u{FFFD}').collect();
        let bytes = charset.encode(&known).unwrap();
        assert_eq!(charset.decode(&bytes), known, "part {part}");
        assert_eq!(charset.first_foreign(&bytes), None);
    }
}

#[test]
fn text_is_read_as_the_set_says() {
    for (charset, bytes, text) in [
        (Charset::Iso8859(1), &b"Zo\xEB"[..], "Zoë"),
        (Charset::Iso8859(15), b"\xA4", "€"),
        (Charset::Iso8859(5), b"\xBF", "П"),
        (Charset::Utf8, "Zoë".as_bytes(), "Zoë"),
        (Charset::Utf8, b"Zo\xEB", "Zo\u{FFFD}"),
        (Charset::Unsaid, "Zoë".as_bytes(), "Zoë"),
        (Charset::Unsaid, b"Zo\xEB", "Zoë"),
        (Charset::Unknown("KS X 1001".to_owned()), b"Zo\xEB", "Zoë"),
    ] {
        assert_eq!(charset.decode(bytes), text, "{charset:?}");
    }
}

#[test]
fn what_a_set_does_not_have_is_refused_and_pointed_at() {
    assert_eq!(Charset::Ascii.encode("Zoë"), Err('ë'));
    assert_eq!(Charset::Iso8859(1).encode("5 €"), Err('€'));
    assert_eq!(Charset::Unknown("X".to_owned()).encode("ë"), Err('ë'));
    assert_eq!(Charset::Ascii.first_foreign(b"Zo\xEB"), Some(2));
    assert_eq!(Charset::Utf8.first_foreign(b"Zo\xEB!"), Some(2));
    assert_eq!(Charset::Iso8859(8).first_foreign(b"a\xA1"), Some(1));
}
