use proptest::prelude::*;

use crate::hl7::message::{Message, Path};

/// Bytes after MSH, mostly of what matters to the parser.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        4 => proptest::sample::select(b"|^~\\&\r\n#".to_vec()),
        3 => proptest::sample::select(b"PIDOBXZ019.ETX".to_vec()),
        1 => any::<u8>(),
    ];
    let header =
        proptest::sample::select(vec![&b"MSH|^~\\&|"[..], b"MSH", b"MSH|^|", b"\xEF\xBB\xBFMSH$%*!+$"]);
    (header, proptest::collection::vec(byte, 0..200)).prop_map(|(header, rest)| [header, &rest].concat())
}

/// A message whose segments end with CR, with a place in it.
fn message() -> impl Strategy<Value = Message> {
    let rest = proptest::collection::vec("(PID|OBX|ZX1)[|^~&AE01]{0,30}\r", 1..5);
    rest.prop_map(|lines| Message::parse(format!("MSH|^~\\&|A\r{}", lines.concat())).unwrap())
}

fn path() -> impl Strategy<Value = Path> {
    let number = || proptest::option::of(1..5_u16);
    let segment = proptest::sample::select(vec!["PID", "OBX", "ZX1"]);
    (segment, 1..3_u16, 1..8_u16, number(), number(), number()).prop_map(
        |(segment, occurrence, field, repetition, component, subcomponent)| Path {
            repetition,
            component,
            subcomponent,
            ..Path::field(segment, field).in_occurrence(occurrence)
        },
    )
}

proptest! {
    #[test]
    fn what_is_parsed_prints_back(bytes in bytes()) {
        if let Ok(message) = Message::parse(bytes.clone()) {
            prop_assert_eq!(message.bytes(), &bytes[..]);
            let lines: Vec<u8> = message.segments().flat_map(|line| [line.bytes(), line.ending()].concat()).collect();
            prop_assert!(bytes.ends_with(&lines), "segments and what ends them are all there is");
            let _ = message.remarks();
            for at in 0..bytes.len() {
                let located = message.locate(at);
                prop_assert!(located.is_none_or(|path| path.segment.len() != 3 || message.find(&path).is_some()));
            }
        }
    }

    #[test]
    fn what_is_set_is_got(mut message in message(), path in path(), text in "(?s).{0,20}|[|^~\\\\&\n\r]{0,9}") {
        let before = message.clone();
        if message.set(&path, &text).is_ok() {
            prop_assert_eq!(message.get(&path).unwrap_or_default(), text);
            prop_assert_eq!(&Message::parse(message.bytes()).unwrap(), &message);
            let others = |message: &Message| -> Vec<Vec<u8>> {
                let edited = message.find(&path).map(|segment| segment.index());
                message.segments().filter(|other| Some(other.index()) != edited).map(|other| other.bytes().to_vec()).collect()
            };
            prop_assert_eq!(others(&message), others(&before), "other segments keep their bytes");
        } else {
            prop_assert_eq!(message, before);
        }
    }

    #[test]
    fn setting_what_is_there_changes_nothing(message in message(), path in path()) {
        let mut again = message.clone();
        let raw = message.raw(&path).map(<[u8]>::to_vec);
        if let Some(raw) = raw {
            again.set_raw(&path, &raw).unwrap();
            prop_assert_eq!(again, message);
        }
    }
}
