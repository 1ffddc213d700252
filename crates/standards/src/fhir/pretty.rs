//! JSON laid out for people, without reading the values: numbers and strings stay as they are written.

/// The same JSON with one member or item on a line, indented by two spaces a level.
///
/// The source must be JSON; of anything else the bytes outside strings are laid out as if it were.
pub fn pretty(source: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(source.len() * 2);
    let mut level = 0usize;
    let mut rest = source;
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'"' => {
                let end = string_end(after);
                text.push(b'"');
                text.extend_from_slice(&after[..end]);
                rest = &after[end..];
            }
            b'{' | b'[' => {
                text.push(byte);
                let inside = after.trim_ascii_start();
                if let Some((close @ (b'}' | b']'), after)) = inside.split_first() {
                    text.push(*close);
                    rest = after;
                } else {
                    level += 1;
                    new_line(&mut text, level);
                }
            }
            b'}' | b']' => {
                level = level.saturating_sub(1);
                new_line(&mut text, level);
                text.push(byte);
            }
            b',' => {
                text.push(byte);
                new_line(&mut text, level);
            }
            b':' => text.extend_from_slice(b": "),
            b' ' | b'\t' | b'\n' | b'\r' => {}
            other => text.push(other),
        }
    }
    text
}

/// How long the rest of a string is, with its closing quotation mark.
fn string_end(text: &[u8]) -> usize {
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}

fn new_line(text: &mut Vec<u8>, level: usize) {
    text.push(b'\n');
    text.resize(text.len() + 2 * level, b' ');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn every_member_gets_a_line_and_numbers_keep_their_digits() {
        let laid = pretty(br#"{"a" :1.10,"b":[ ],"c":[true,{"d":"x, {\"y\"}"}], "e":{}}"#);
        let expected = "{\n  \"a\": 1.10,\n  \"b\": [],\n  \"c\": [\n    true,\n    {\n      \"d\": \"x, {\\\"y\\\"}\"\n    }\n  ],\n  \"e\": {}\n}";
        assert_eq!(String::from_utf8(laid).unwrap(), expected);
    }

    proptest! {
        #[test]
        fn the_meaning_stays(texts in prop::collection::vec(any::<String>(), 0..5), number in any::<i32>()) {
            let value = json!({"texts": texts, "deep": {"number": number, "texts": {"of": texts}}});
            prop_assert_eq!(serde_json::from_slice::<Value>(&pretty(value.to_string().as_bytes())).unwrap(), value);
        }

        #[test]
        fn anything_is_laid_out(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let laid = pretty(&bytes);
            prop_assert_eq!(pretty(&laid), laid);
        }
    }
}
