use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::card::Indicator;
use super::check::problems_of_answer;

/// Cards of one answer. More than that nobody reads, and the screen belongs to the patient.
pub const CARDS_MAX: usize = 10;

/// A card as a service gave it to a client.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GivenCard {
    /// Its name, which feedback repeats; without it nothing can be told back.
    pub uuid: Option<String>,
    /// In one sentence.
    pub summary: String,
    /// More, in Markdown.
    pub detail: Option<String>,
    /// How urgent it is.
    pub indicator: Indicator,
    /// Whose advice it is.
    pub source: GivenSource,
    /// What could be done at once.
    #[serde(default)]
    pub suggestions: Vec<GivenSuggestion>,
    /// How many of the suggestions may be taken.
    pub selection_behavior: Option<String>,
    /// Reasons one may give for not following it.
    #[serde(default)]
    pub override_reasons: Vec<GivenChoice>,
    /// Where to read on, and apps to open.
    #[serde(default)]
    pub links: Vec<GivenLink>,
}

/// Whose advice a card is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenSource {
    /// A name for people.
    pub label: String,
    /// Where to read about it.
    pub url: Option<String>,
}

/// Something that could be done at once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GivenSuggestion {
    /// What the button says.
    pub label: String,
    /// Its name, which feedback repeats.
    pub uuid: Option<String>,
    /// What is done.
    #[serde(default)]
    pub actions: Vec<GivenAction>,
}

/// One change of a suggestion.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GivenAction {
    /// What kind of change.
    #[serde(rename = "type")]
    pub change: GivenChange,
    /// What it does, for people.
    pub description: String,
    /// What is created or updated.
    pub resource: Option<Value>,
    /// What is deleted, as `Type/ID`.
    pub resource_id: Option<String>,
}

/// A kind of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GivenChange {
    /// A new resource.
    Create,
    /// A resource's next version.
    Update,
    /// Taking a resource away.
    Delete,
}

/// A reason to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenChoice {
    /// The code.
    pub code: String,
    /// The system it is of.
    pub system: String,
    /// For people.
    pub display: String,
}

/// Something to open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenLink {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub url: String,
    /// `absolute`, or `smart` for an app that is launched.
    #[serde(rename = "type")]
    pub kind: String,
}

/// The cards of a service's answer, if a client may show all of them.
///
/// # Errors
/// Every problem found, each with its place. One bad card spoils the answer: half of an advice may be the wrong half.
pub fn given(answer: &Value) -> Result<Vec<GivenCard>, Vec<String>> {
    let problems = problems_of_answer(answer);
    if !problems.is_empty() {
        return Err(problems);
    }
    let cards = answer["cards"].as_array().map(Vec::as_slice).unwrap_or_default();
    if cards.len() > CARDS_MAX {
        return Err(vec![format!("there are {} cards; at most {CARDS_MAX} are shown", cards.len())]);
    }
    let read = |(at, card): (usize, &Value)| {
        GivenCard::deserialize(card).map_err(|error| vec![format!("cards[{at}] cannot be read: {error}")])
    };
    cards.iter().enumerate().map(read).collect()
}
