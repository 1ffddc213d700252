//! Finding the members of a JSON object in its text, without reading their values.

use std::ops::Range;

/// Where a member of an object stands in the source.
pub(super) struct Member {
    /// White space before the name.
    pub(super) lead: Range<usize>,
    /// The name with its quotes.
    pub(super) name: Range<usize>,
    /// The colon with the white space around it.
    pub(super) gap: Range<usize>,
    /// The value.
    pub(super) value: Range<usize>,
}

/// The members of the object that starts at `at`, white space skipped; nothing when there is no
/// complete object there.
pub(super) fn members(source: &[u8], at: usize) -> Option<Vec<Member>> {
    let mut members = Vec::new();
    let mut at = expect(source, skip_space(source, at), b'{')?;
    if source.get(skip_space(source, at))? == &b'}' {
        return Some(members);
    }
    loop {
        let name = skip_space(source, at);
        let name_end = skip_string(source, name)?;
        let colon = expect(source, skip_space(source, name_end), b':')?;
        let value = skip_space(source, colon);
        let value_end = skip_value(source, value)?;
        members.push(Member {
            lead: at..name,
            name: name..name_end,
            gap: name_end..value,
            value: value..value_end,
        });
        let after = skip_space(source, value_end);
        match source.get(after)? {
            b',' => at = after + 1,
            b'}' => return Some(members),
            _ => return None,
        }
    }
}

fn expect(source: &[u8], at: usize, byte: u8) -> Option<usize> {
    (source.get(at) == Some(&byte)).then_some(at + 1)
}

fn skip_space(source: &[u8], at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    at + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count()
}

fn skip_string(source: &[u8], at: usize) -> Option<usize> {
    let mut at = expect(source, at, b'"')?;
    loop {
        match source.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn skip_value(source: &[u8], at: usize) -> Option<usize> {
    match source.get(at)? {
        b'"' => skip_string(source, at),
        b'{' | b'[' => skip_nested(source, at),
        _ => {
            let rest = source.get(at..)?;
            let length = rest.iter().position(|byte| b" \t\n\r,}]".contains(byte))?;
            (length > 0).then_some(at + length)
        }
    }
}

fn skip_nested(source: &[u8], mut at: usize) -> Option<usize> {
    let mut depth = 0usize;
    loop {
        match source.get(at)? {
            b'"' => {
                at = skip_string(source, at)?;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth -= 1,
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return Some(at);
        }
    }
}
