/// Why bytes are no data set that this hospital takes. The offset counts from the start of the data set, or of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DatasetError {
    /// Something is announced that is not there.
    #[error(
        "at byte {offset}: {what} is {length} bytes long, but only {left} are left; was the object cut off?"
    )]
    Short {
        /// Where.
        offset: usize,
        /// Which element or item.
        what: String,
        /// The length it announces.
        length: u64,
        /// What is there.
        left: usize,
    },
    /// The bytes do not follow the encoding.
    #[error("at byte {offset}: {what}")]
    Malformed {
        /// Where.
        offset: usize,
        /// What is wrong, and what to look at.
        what: String,
    },
    /// The object is larger or deeper than any honest one.
    #[error("{0}")]
    Beyond(String),
    /// The transfer syntax is not one of those taken here.
    #[error(
        "transfer syntax {0} is not taken; send Implicit or Explicit VR Little Endian, or a JPEG, JPEG 2000 or RLE one"
    )]
    Syntax(String),
    /// An attribute that every object has is missing or empty.
    #[error("{name} {tag} is missing or empty; every stored object needs one")]
    Missing {
        /// The attribute's keyword.
        name: &'static str,
        /// Its tag, as `(gggg,eeee)`.
        tag: &'static str,
    },
}
