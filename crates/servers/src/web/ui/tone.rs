//! The mood of a tag, a notice or a node on a timeline.

/// What a thing means for the reader. Colour follows it, and is never the only sign of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Says something, asks for nothing.
    #[default]
    Neutral,
    /// Belongs to what the reader is doing now.
    Accent,
    /// Worth knowing.
    Info,
    /// Went well.
    Good,
    /// Needs a look.
    Warn,
    /// Wrong, or dangerous.
    Bad,
}

impl Tone {
    /// The word used in class names.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Info => "info",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}
