use super::multipart::{BOUNDARY, end, parameter, part, parts};

#[test]
fn parts_are_read_as_they_were_written() {
    let contents: [&[u8]; 3] = [b"one\r\n\r\ntwo", b"", b"--x\r\n-"];
    let mut body: Vec<u8> = contents.iter().flat_map(|content| part("application/dicom", content)).collect();
    body.extend(end());
    assert_eq!(parts(&body, BOUNDARY).unwrap(), contents);
}

#[test]
fn what_breaks_off_is_told() {
    let whole = [part("a/b", b"content"), end()].concat();
    for (body, boundary) in [
        (&whole[..whole.len() - 30], BOUNDARY),
        (&whole[..], "other"),
        (&whole[..], ""),
        (b"--x\r\nno empty line\r\n--x--", "x"),
        (b"--x", "x"),
        (b"", "x"),
    ] {
        assert!(parts(body, boundary).is_err(), "{boundary}: {}", String::from_utf8_lossy(body));
    }
}

#[test]
fn a_boundary_is_found_in_its_content_type() {
    let cases = [
        ("multipart/related; type=\"application/dicom\"; boundary=abc", Some("abc")),
        ("multipart/related; Boundary=\"a b\"", Some("a b")),
        ("multipart/related", None),
    ];
    for (text, expected) in cases {
        assert_eq!(parameter(text, "boundary"), expected, "{text}");
    }
}
