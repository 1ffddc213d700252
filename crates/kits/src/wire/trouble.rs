use std::fmt;

/// Why no whole answer came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody is there, or nobody who can be reached from here.
    Unreachable(String),
    /// Time ran out.
    Late(String),
    /// More came than is read.
    Endless(String),
    /// What came is not of this protocol.
    Garbage(String),
    /// Redirects lead in a circle, or on and on.
    Circle(String),
}

impl Trouble {
    /// Whether the server kept silent, so that asking again may be in vain.
    pub fn is_silence(&self) -> bool {
        matches!(self, Trouble::Unreachable(_) | Trouble::Late(_))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Trouble::Unreachable(text)
        | Trouble::Late(text)
        | Trouble::Endless(text)
        | Trouble::Garbage(text)
        | Trouble::Circle(text)) = self;
        formatter.write_str(text)
    }
}
