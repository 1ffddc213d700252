/// What MSH-18 says about the bytes of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Charset {
    /// MSH-18 is empty. The standard means ASCII; what is found is more often UTF-8 or ISO 8859/1, so it is read as UTF-8
    /// where it is valid UTF-8 and as ISO 8859/1 where it is not, and written as UTF-8.
    Unsaid,
    /// `ASCII`: seven bits.
    Ascii,
    /// `UNICODE UTF-8`.
    Utf8,
    /// `8859/1` to `8859/9` and `8859/15`: the number of the part.
    Iso8859(u8),
    /// A name that is not known here, as it stands. Read like [`Charset::Unsaid`]; only ASCII is written.
    Unknown(String),
}

impl Charset {
    /// The set that a name of table 0211 stands for. Case and blanks do not matter.
    #[must_use]
    pub fn named(name: &str) -> Self {
        let plain = name.trim().to_ascii_uppercase();
        let part = plain.strip_prefix("8859/").and_then(|part| part.parse().ok());
        match plain.as_str() {
            "" => Self::Unsaid,
            "ASCII" => Self::Ascii,
            // `UNICODE` alone was the name until version 2.5; in a stream of bytes only UTF-8 can be meant.
            "UNICODE UTF-8" | "UNICODE" | "UTF-8" | "UTF8" => Self::Utf8,
            _ => match part {
                Some(part @ (1..=9 | 15)) => Self::Iso8859(part),
                _ => Self::Unknown(name.trim().to_owned()),
            },
        }
    }

    /// The name as table 0211 has it; empty when nothing is said.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Unsaid => String::new(),
            Self::Ascii => "ASCII".to_owned(),
            Self::Utf8 => "UNICODE UTF-8".to_owned(),
            Self::Iso8859(part) => format!("8859/{part}"),
            Self::Unknown(name) => name.clone(),
        }
    }
}
