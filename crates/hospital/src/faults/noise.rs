//! What is odd about messages in every hospital, and harms nobody.

use standards::hl7::message::{Message, Path};

use super::transit::drift_s;
use crate::random::Key;

/// One message in so many is odd in one way, one in as many in another.
const ONE_IN: usize = 6;

/// The message with what is odd about it, if anything is.
///
/// That is a segment of the sender's own at the end, or a sender's clock that is a few seconds off; no receiver minds either.
/// Which messages are odd depends on the seed, on where a message goes and on what it says, and on nothing that happens to others.
pub fn noise(seed: u64, interface: &str, message: &Message) -> Option<Vec<u8>> {
    let whom = message.get(&Path { component: Some(1), ..Path::field("PID", 3) }).unwrap_or_default();
    let key = Key::new(seed).name("noise").name(interface).name(&message.kind()).name(&whom);
    let mut stream = key.name(&message.header_text(7)).stream();
    match stream.below(ONE_IN) {
        0 => {
            let mut bytes = message.bytes().to_vec();
            let place = stream.between(1, 40);
            bytes.extend(format!("ZUS|1|WS{place:02}|interface user\r").into_bytes());
            Some(bytes)
        }
        1 => drift_s(message, stream.between(-4, 4)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(number: u32) -> Message {
        let text = format!(
            "MSH|^~\\&|ADT|A|LIS|A|20310304060000+0000||ADT^A01|{number}|P|2.5.1\rPID|1||{number}^^^A^MR||Okafor^Ada\rPV1|1|I|4W\r"
        );
        Message::parse(text).unwrap()
    }

    #[test]
    fn some_messages_are_odd_always_the_same_ones_and_say_the_same() {
        let odd = |seed: u64| -> Vec<Option<Vec<u8>>> {
            (0..600).map(|number| noise(seed, "adt-lis", &message(number))).collect()
        };
        let count = odd(1).iter().flatten().count();
        assert!((120..280).contains(&count), "{count}");
        assert_eq!(odd(1), odd(1));
        assert_ne!(odd(1), odd(2));
        for (number, bytes) in (0..).zip(odd(1)) {
            let Some(bytes) = bytes else { continue };
            let (odd, plain) = (Message::parse(bytes).unwrap(), message(number));
            for path in
                [Path::field("PID", 3), Path::field("PID", 5), Path::field("PV1", 3), Path::field("MSH", 10)]
            {
                assert_eq!(odd.get(&path), plain.get(&path), "{path}");
            }
        }
    }
}
