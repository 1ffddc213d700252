//! What a check may know about the hospital: plain facts, handed over by whoever runs it.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One journal entry, as a check sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Position in the sandbox's journal, from 1.
    pub seq: u64,
    /// The hospital's own time, microseconds since 1970 UTC.
    pub virtual_time_us: i64,
    /// Who did it, such as `learner` or a staff role.
    pub actor: String,
    /// The system it came from.
    pub source: String,
    /// The system it went to.
    pub target: String,
    /// What kind of thing happened, such as `fhir.update` or `command`.
    pub kind: String,
    /// The patient it concerns, as `Patient/ID`.
    pub subject: Option<String>,
    /// `ok`, or one word for what went wrong.
    pub outcome: String,
    /// Details of this kind of entry, a JSON object.
    pub detail: Value,
}

/// What came back for one request of a check; in the order of the requests.
#[derive(Debug, Clone, PartialEq)]
pub enum Observed {
    /// The searchset Bundle of a FHIR search, all pages in one.
    Bundle(Value),
    /// The journal entries since the attempt was started or last reset, oldest first.
    Entries(Vec<Entry>),
    /// The reply to an HTTP request.
    Reply {
        /// HTTP status code.
        status: u16,
        /// The body as JSON; null when it is empty or not JSON.
        body: Value,
    },
    /// For each order of a [`crate::check::Request::Support`], whether a rule would interrupt whoever signs it: with a
    /// warning or a stop, not with mere information.
    Interrupted(Vec<bool>),
    /// The messages a system has accepted, as bytes, oldest first.
    Messages(Vec<Vec<u8>>),
    /// The records of one kind that a system holds, each with its `key`.
    Records(Vec<Value>),
    /// What the channel made of each message; nothing where no such channel is deployed.
    Carried(Option<Vec<Carried>>),
    /// What a saved question answered, beside the truth.
    Rows(RowsSeen),
    /// What a release gave away.
    Released(ReleaseLooked),
    /// What a model told at bedsides.
    AtBedside(BedsideLooked),
    /// How far the newest token of an app opens what was tried; absent where the app has no token.
    Reached(Option<Opened>),
    /// What a meter or a measure reads: nothing, where it cannot be read yet, and a sentence for the learner.
    Metered {
        /// The number.
        reading: Option<f64>,
        /// What it means.
        said: String,
    },
    /// What was seen on the chain.
    OnChain(OnChain),
    /// What the learner's services said about each order of a [`crate::check::Request::Advise`]; nothing where none is
    /// registered for the hook.
    Advised(Option<Vec<Advised>>),
    /// What the learner answered last, if anything.
    Answer(Option<String>),
    /// The request could not be carried out; why, in plain words.
    Failed(String),
}

/// What was seen on the hospital's chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnChain {
    /// The account has deployed no contract.
    NoContract,
    /// For each situation the place of the first deed of which something else came; none if it went as it should.
    Tried(Vec<Option<usize>>),
    /// Words that were found, each with its form and place.
    Found(Vec<String>),
    /// How many contracts there are.
    Count(u64),
    /// Which commitments open, and which erased values can still be led back to.
    Opened {
        /// Of those that must open, which do.
        kept: Vec<bool>,
        /// Of those that must not, to which something still leads.
        erased: Vec<bool>,
    },
}

/// What a question that is saved in the data lake answered.
#[derive(Debug, Clone, PartialEq)]
pub enum RowsSeen {
    /// No question is saved under the name.
    NoQuestion,
    /// The hospital has no snapshot.
    NoSnapshot,
    /// It cannot be answered; why, in plain words.
    NoAnswer(String),
    /// Both were answered over the newest snapshot.
    Answered {
        /// What the learner's question answers.
        given: Rows,
        /// What it should answer.
        truth: Rows,
    },
}

impl RowsSeen {
    /// The learner's rows and the true ones, or why the question of this name has none, in plain words.
    ///
    /// # Errors
    /// With these words.
    pub fn answered(&self, name: &str) -> Result<(&Rows, &Rows), String> {
        match self {
            Self::NoQuestion => Err(format!("No question is saved as {name}. Save yours on the page Data.")),
            Self::NoSnapshot => Err("There is no snapshot yet. Take one on the page Data.".to_owned()),
            Self::NoAnswer(why) => Err(format!("{name} has no answer: {why}")),
            Self::Answered { given, truth } => Ok((given, truth)),
        }
    }
}

/// What came of an attack on a release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReleaseLooked {
    /// There is nothing to attack; why, in plain words.
    Nothing(String),
    /// It was attacked with a register of everybody in the hospital.
    Attacked {
        /// Its rows.
        rows: usize,
        /// Rows that the attacker puts a name to.
        found: usize,
        /// The fewest rows that are alike.
        alike: usize,
        /// People who can be counted where they belong.
        usable: usize,
        /// People it is to be about.
        about: usize,
    },
}

/// What a model that answers told at bedsides that were drawn, beside the tables of all.
#[derive(Debug, Clone, PartialEq)]
pub enum BedsideLooked {
    /// It cannot be asked; why, in plain words.
    Nothing(String),
    /// It was asked.
    Asked {
        /// At how many beds.
        asked: usize,
        /// The largest difference between the risk at a bed and in the tables; 1 where only one of the two has a risk.
        apart: f64,
        /// Of those asked about, people of whom what is needed is not known.
        unknown: usize,
        /// Of these, people of whom a risk was told.
        guessed: usize,
        /// Everybody who lies in the hospital.
        people: usize,
        /// Of these, for whom a card would be shown.
        carded: usize,
    },
}

/// Rows with named columns.
#[derive(Debug, Clone, PartialEq)]
pub struct Rows {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The values of each row, in the order of the columns.
    pub rows: Vec<Vec<Value>>,
}

/// What services of decision support said about one order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Advised {
    /// How many cards they gave.
    pub cards: usize,
    /// Whether one of these warns, rather than inform.
    pub warns: bool,
    /// Whether one answered that it lacks what it asked to know (412).
    pub lacks: bool,
    /// How long the slowest took, in microseconds.
    pub took_us: u64,
    /// Why there was no answer that could be used, if so.
    pub trouble: Option<String>,
}
/// How far a token opens something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// Not at all: a search is refused or finds nothing, a scope has nothing in common with what was granted.
    Nothing,
    /// Some of a scope, and not all.
    Part,
    /// A search finds something; a scope was granted as a whole.
    All,
}
/// What a channel made of one message. Nothing was sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Carried {
    /// What would be sent, one for each destination that sends.
    pub sent: Vec<Vec<u8>>,
    /// What went wrong, if anything did.
    pub trouble: Option<String>,
}
