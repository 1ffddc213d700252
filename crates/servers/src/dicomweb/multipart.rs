//! Bodies of several parts (RFC 2046, 5.1; RFC 2387).

/// What parts are separated by in our answers: nothing that a picture is likely to hold.
pub(super) const BOUNDARY: &str = "practicum-7f3a1c9e5b2d4860";

/// One part as it is sent.
pub(super) fn part(content_type: &str, content: &[u8]) -> Vec<u8> {
    let head =
        format!("--{BOUNDARY}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n", content.len());
    [head.as_bytes(), content, b"\r\n"].concat()
}

/// What ends the last part.
pub(super) fn end() -> Vec<u8> {
    format!("--{BOUNDARY}--\r\n").into_bytes()
}

/// A parameter of a content type, such as its boundary.
pub(super) fn parameter<'a>(content_type: &'a str, name: &str) -> Option<&'a str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (found, value) = parameter.trim().split_once('=')?;
        found.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
    })
}

/// The contents of the parts, without their headers.
///
/// # Errors
/// What is wrong with the body.
pub(super) fn parts<'a>(body: &'a [u8], boundary: &str) -> Result<Vec<&'a [u8]>, &'static str> {
    if boundary.is_empty() || boundary.len() > 70 {
        return Err("the Content-Type names no boundary of 1 to 70 characters");
    }
    let line = [b"--", boundary.as_bytes()].concat();
    let mut found = Vec::new();
    let mut at = position(body, &line, 0).ok_or("the body does not hold the boundary it names")?;
    loop {
        let after = at + line.len();
        if body[after..].starts_with(b"--") {
            return Ok(found);
        }
        let break_line = [b"\r\n", line.as_slice()].concat();
        let next = position(body, &break_line, after).ok_or("the last part is not ended by the boundary")?;
        let content = position(&body[..next + 2], b"\r\n\r\n", after)
            .ok_or("a part has no empty line after its headers")?;
        found.push(body.get(content + 4..next).unwrap_or_default());
        at = next + 2;
    }
}

fn position(body: &[u8], wanted: &[u8], from: usize) -> Option<usize> {
    let rest = body.get(from..)?;
    let first = *wanted.first()?;
    let mut at = 0;
    while let Some(step) = rest[at..].iter().position(|byte| *byte == first) {
        at += step;
        if rest[at..].starts_with(wanted) {
            return Some(from + at);
        }
        at += 1;
    }
    None
}
