use serde::{Deserialize, Serialize};

/// The summary of a card has fewer than 140 characters (CDS Hooks 2.0, Card Attributes).
pub const SUMMARY_CHARS_MAX: usize = 139;

/// A piece of advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Card {
    /// Its name, which feedback repeats.
    pub uuid: String,
    /// In one sentence.
    pub summary: String,
    /// More, in Markdown.
    pub detail: String,
    /// How urgent it is.
    pub indicator: Indicator,
    /// Whose advice it is.
    pub source: Source,
    /// What could be done at once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub suggestions: Vec<Suggestion>,
    /// How many of the suggestions may be taken: `any` or `at-most-one`. Given exactly where there are suggestions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub selection_behavior: Option<&'static str>,
    /// Reasons one may give for not following it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub override_reasons: Vec<Choice>,
}

/// How urgent a card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Indicator {
    /// Good to know.
    Info,
    /// To be thought about.
    Warning,
    /// To be acted on before going on.
    Critical,
}

impl Indicator {
    /// Its name in the standard.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Critical => "critical",
        }
    }
}

/// Whose advice a card is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Source {
    /// A name for people.
    pub label: String,
}

/// Something that could be done at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// What the button says.
    pub label: String,
    /// Its name, which feedback repeats.
    pub uuid: String,
    /// What is done.
    pub actions: Vec<Action>,
}

/// A change to the client's own records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Action {
    /// Taking a resource away.
    Delete {
        /// What it does, for people.
        description: String,
        /// Which resource, as `Type/ID`.
        #[serde(rename = "resourceId")]
        resource_id: String,
    },
}

/// A reason to choose, as a code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// The code.
    pub code: &'static str,
    /// The system it is of.
    pub system: &'static str,
    /// For people.
    pub display: &'static str,
}

impl Card {
    /// A summary cut to the length that the standard allows, at a character.
    pub fn fitted(summary: &str) -> String {
        if summary.chars().count() <= SUMMARY_CHARS_MAX {
            return summary.to_owned();
        }
        let kept: String = summary.chars().take(SUMMARY_CHARS_MAX - 1).collect();
        format!("{kept}…")
    }
}
