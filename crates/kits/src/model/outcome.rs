use serde::{Deserialize, Serialize};

/// What became of a test, a group or a run. The first that any required child has is the one of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Somebody stopped the run.
    Cancel,
    /// It waits for a person, or for a call from outside.
    Wait,
    /// It is being done.
    Running,
    /// It could not be found out: nobody answers at the address, or an input makes no sense.
    Error,
    /// The server does not do what the standard asks.
    Fail,
    /// Something that it needs was not there, so it says nothing about the server.
    Skip,
    /// The server does what was asked.
    Pass,
    /// It does not apply to this server.
    Omit,
}

impl Outcome {
    /// All, the gravest first.
    pub const ALL: [Outcome; 8] = [
        Outcome::Cancel,
        Outcome::Wait,
        Outcome::Running,
        Outcome::Error,
        Outcome::Fail,
        Outcome::Skip,
        Outcome::Pass,
        Outcome::Omit,
    ];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Cancel => "cancel",
            Outcome::Wait => "wait",
            Outcome::Running => "running",
            Outcome::Error => "error",
            Outcome::Fail => "fail",
            Outcome::Skip => "skip",
            Outcome::Pass => "pass",
            Outcome::Omit => "omit",
        }
    }

    /// Whether nothing more will come of it.
    pub fn is_final(self) -> bool {
        !matches!(self, Outcome::Wait | Outcome::Running)
    }
}

/// The outcome of a group: the gravest of its required children, or of all where none is required.
///
/// Anything that waits makes the whole wait. Each child comes as (outcome, whether it is optional); those that have not begun count for nothing.
pub fn roll_up(children: impl IntoIterator<Item = (Option<Outcome>, bool)>) -> Option<Outcome> {
    let begun: Vec<(Outcome, bool)> =
        children.into_iter().filter_map(|(outcome, optional)| Some((outcome?, optional))).collect();
    if begun.iter().any(|(outcome, _)| *outcome == Outcome::Wait) {
        return Some(Outcome::Wait);
    }
    let required = begun.iter().filter(|(_, optional)| !optional).map(|(outcome, _)| *outcome).min();
    required.or_else(|| begun.iter().map(|(outcome, _)| *outcome).min())
}
