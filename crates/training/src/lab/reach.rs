//! What a token that an app was given opens.

/// Something tried with the newest token of an app, in the hospital of the attempt. Nothing is journalled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReachTest {
    /// The name the app was registered under.
    pub app: String,
    /// What is tried.
    pub tried: Tried,
    /// Whether it must be open; otherwise it must be shut.
    pub open: bool,
    /// A list among the values; one trial is made for each of its items, reachable as `{each}`.
    pub for_each: Option<String>,
}

/// One trial of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// `get = "Observation?category=laboratory"`: a search, open where it finds something.
    Get(String),
    /// `may = "patient/Observation.cud"`: a scope, open where all of it was granted, and shut where none of it was.
    May(String),
}

impl Tried {
    /// The search or the scope.
    #[must_use]
    pub fn text(&self) -> &str {
        let (Self::Get(text) | Self::May(text)) = self;
        text
    }
}
