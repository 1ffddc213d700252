/// Begins a frame.
pub const START: u8 = 0x0B;
/// Ends the message in a frame.
pub const END: u8 = 0x1C;
/// Ends the frame.
pub const RETURN: u8 = 0x0D;

/// A message as it goes over the line.
#[must_use]
pub fn frame(message: &[u8]) -> Vec<u8> {
    let mut framed = Vec::with_capacity(message.len() + 3);
    framed.push(START);
    framed.extend_from_slice(message);
    framed.extend_from_slice(&[END, RETURN]);
    framed
}
