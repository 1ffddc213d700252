use crate::hl7::message::Message;

/// The messages as a file with one batch, whose trailers count them.
///
/// Headers repeat the first message's separators, sender, receiver and time (MSH-3 to MSH-7); a message whose last
/// segment has no end gets one. No messages, no file.
#[must_use]
pub fn wrap(messages: &[Message]) -> Vec<u8> {
    let Some(first) = messages.first() else { return Vec::new() };
    let field = first.separators().field;
    let header =
        [&[field][..], &first.separators().encoding_characters(), &[field], &parties(first, field)].concat();
    let mut file = [&b"FHS"[..], &header, b"\rBHS", &header, b"\r"].concat();
    for message in messages {
        file.extend_from_slice(message.bytes());
        if !message.bytes().ends_with(b"\r") && !message.bytes().ends_with(b"\n") {
            file.push(b'\r');
        }
    }
    let separator = char::from(field);
    file.extend_from_slice(format!("BTS{separator}{}\rFTS{separator}1\r", messages.len()).as_bytes());
    file
}

/// MSH-3 to MSH-7 as they stand.
fn parties(message: &Message, field: u8) -> Vec<u8> {
    let fields = (3..=7).map(|number| message.header().field(number).map_or(&b""[..], |part| part.bytes()));
    fields.collect::<Vec<_>>().join(&field)
}
