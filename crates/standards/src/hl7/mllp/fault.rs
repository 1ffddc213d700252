/// What is wrong with the bytes on a connection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Bytes outside a frame.
    #[error("{count} bytes came outside a frame, beginning with {beginning:?}{}; a frame begins with 0x0B", hint(*.message))]
    Outside {
        /// How many.
        count: usize,
        /// The first of them, for the eye.
        beginning: String,
        /// Whether they begin like a message, so that its framing is what is missing.
        message: bool,
    },
    /// A frame is longer than allowed. Its bytes were thrown away, and so is what follows up to its end.
    #[error(
        "the frame is longer than {limit_bytes} bytes; send a smaller message, or end the frame with 0x1C 0x0D"
    )]
    TooLong {
        /// The limit.
        limit_bytes: usize,
    },
    /// The return after 0x1C is missing. The frame before it was read.
    #[error("the frame ended with 0x1C and no 0x0D after it")]
    NoReturn,
    /// A new frame began before the one before it ended, whose bytes were thrown away.
    #[error("a frame began before the one before it ended; {lost} bytes of that one are lost")]
    BeganAgain {
        /// How many bytes of the earlier frame were thrown away.
        lost: usize,
    },
}

fn hint(message: bool) -> &'static str {
    if message { ", which looks like a message without its frame" } else { "" }
}
