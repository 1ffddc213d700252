use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::channel::DataType;

/// The state of a message at one connector. The words are those of Mirth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum State {
    /// It came in and was not looked at yet.
    Received,
    /// A filter held it back.
    Filtered,
    /// The source has transformed it.
    Transformed,
    /// It is ready and about to be sent.
    Pending,
    /// It waits for another attempt.
    Queued,
    /// The other side has taken it.
    Sent,
    /// It failed; of a queued message: for good.
    Error,
}

impl State {
    /// Every state, in the order of a message's life.
    pub const ALL: [Self; 7] = [
        Self::Received,
        Self::Filtered,
        Self::Transformed,
        Self::Pending,
        Self::Queued,
        Self::Sent,
        Self::Error,
    ];

    /// The word, in capitals.
    pub fn word(self) -> &'static str {
        match self {
            Self::Received => "RECEIVED",
            Self::Filtered => "FILTERED",
            Self::Transformed => "TRANSFORMED",
            Self::Pending => "PENDING",
            Self::Queued => "QUEUED",
            Self::Sent => "SENT",
            Self::Error => "ERROR",
        }
    }

    /// The state of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word().eq_ignore_ascii_case(word))
    }
}

/// The maps of a message: small values that scripts and steps leave for those behind them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Maps {
    /// What is known of where the message came from; scripts read it.
    pub source: BTreeMap<String, Value>,
    /// What goes with the message through the channel.
    pub channel: BTreeMap<String, Value>,
}

/// A message as a channel receives it.
#[derive(Debug, Clone)]
pub struct Received<'a> {
    /// Its bytes.
    pub raw: &'a [u8],
    /// What is known of where it came from. `hops` counts the channels it has passed.
    pub source_map: BTreeMap<String, Value>,
    /// The hospital's own time, microseconds since 1970 UTC: what `new Date()` is in scripts.
    pub now_us: i64,
    /// From which `Math.random()` is computed in scripts.
    pub seed: u64,
}

/// A message written in some way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payload {
    /// In which way.
    pub data_type: DataType,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Something that went wrong: where, what, and what to try.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// The connector and the step: `source transformer, step 2`.
    pub place: String,
    /// The line of the channel file, where a script is to blame.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What is wrong.
    pub what: String,
    /// What to try.
    pub remedy: String,
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.place)?;
        if let Some(line) = self.line {
            write!(f, ", line {line} of the channel")?;
        }
        write!(f, ": {} ({})", self.what, self.remedy)
    }
}

/// A line that a script wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogLine {
    /// `info`, `warn`, `error` or `debug`.
    pub level: String,
    /// Its text.
    pub text: String,
}

/// What came of a message at the source.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceOutcome {
    /// `FILTERED`, `TRANSFORMED` or `ERROR`.
    pub state: State,
    /// What the destinations were given.
    pub transformed: Option<Payload>,
    /// What went wrong.
    pub trouble: Option<Trouble>,
}

/// What came of a message at one destination.
#[derive(Debug, Clone, PartialEq)]
pub struct DestinationOutcome {
    /// The destination's name.
    pub name: String,
    /// `FILTERED` or `ERROR`, or how its sending begins: `PENDING`, or `QUEUED` where the queue comes first.
    pub state: State,
    /// What is to be sent.
    pub payload: Option<Payload>,
    /// What went wrong.
    pub trouble: Option<Trouble>,
}

/// What came of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// At the source.
    pub source: SourceOutcome,
    /// At each destination, in the order of the channel; none where the source let nothing through.
    pub destinations: Vec<DestinationOutcome>,
    /// What scripts logged.
    pub logs: Vec<LogLine>,
    /// Lines that were more than may be logged.
    pub logs_dropped: usize,
    /// The maps as they were left.
    pub maps: Maps,
}

impl Outcome {
    /// Everything that went wrong.
    pub fn troubles(&self) -> impl Iterator<Item = &Trouble> {
        self.source.trouble.iter().chain(self.destinations.iter().filter_map(|one| one.trouble.as_ref()))
    }
}
