//! Checks: objective tests of a hospital's state and traffic.

use serde_json::Value;

use super::{
    BedsideTest, ChannelTest, Comparison, Duration, Filter, FlowTest, LedgerTest, MessageTest, MeterTest,
    ReachTest, RecordTest, ReleaseTest, RowsTest, ServiceTest,
};
use crate::problem::Place;

/// An objective test.
#[derive(Debug, Clone)]
pub struct Check {
    /// Its id, unique in the lab.
    pub id: String,
    /// What must be true, in a sentence a learner understands.
    pub title: String,
    /// What is looked at, and what is expected.
    pub kind: CheckKind,
    /// What the verdict means for the lab.
    pub modifier: Modifier,
    /// The hint ladder: nudge, pointer, method, worked step; one to four rungs.
    pub hints: Vec<String>,
    /// For a trap: what went wrong and why it matters, said when it is tripped.
    pub say: Option<String>,
    /// Time from the start of the attempt by which it must have passed.
    pub within: Option<Duration>,
    /// How long it must hold before it counts.
    pub stable_for: Option<Duration>,
    /// Where it is declared.
    pub place: Place,
}

/// What a verdict means for the lab.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modifier {
    /// Has to pass for the lab to be finished.
    Must,
    /// Counts if it passes.
    Bonus,
    /// A safety trap: holds in an untouched hospital, and fails the lab while tripped.
    Never,
}

/// What is looked at.
#[derive(Debug, Clone)]
pub enum CheckKind {
    /// A FHIR search and an expression over the Bundle it returns.
    Fhir {
        /// The search, such as `Encounter?patient={patient.id}`.
        search: String,
        /// A list among the values; one search is made for each of its items, reachable as `{each}`.
        for_each: Option<String>,
        /// `FHIRPath` over the searchset Bundle that must be true.
        expect: String,
        /// `FHIRPath` over the Bundle whose result is shown to the learner as what was observed.
        observe: Option<String>,
    },
    /// What the journal must, or must not, hold.
    Journal {
        /// Which entries.
        filter: Filter,
        /// How many, and what must have come in which order.
        expect: JournalExpect,
    },
    /// A request to the hospital made in a role.
    Http(HttpProbe),
    /// A question to the learner.
    Answer {
        /// The question.
        ask: String,
        /// What the hospital says is true.
        truth: Truth,
        /// How an answer is compared with it.
        score: Score,
        /// The shape of an answer, shown in the empty field.
        placeholder: Option<String>,
    },
    /// What the hospital's decision support says about orders that the learner never sees.
    Support(SupportTest),
    /// Messages that a system must, or must not, have accepted.
    Message(MessageTest),
    /// Records that a system beside the chart must, or must not, hold.
    Record(RecordTest),
    /// What a channel makes of messages that the learner never sees.
    Channel(ChannelTest),
    /// What a question saved in the data lake answers with.
    Rows(RowsTest),
    /// What a table that is to leave the house gives away, and what it is good for.
    Release(ReleaseTest),
    /// What the token of an app opens.
    Reach(ReachTest),
    /// What a meter of the incident reads.
    Security(MeterTest),
    /// What stands on the hospital's chain, and what a contract on it does.
    Ledger(LedgerTest),
    /// What the learner's own service of decision support says about patients that the learner never sees.
    Service(ServiceTest),
    /// What the learner's roster of the emergency department does on days that the learner never sees.
    Flow(FlowTest),
    /// What a model that answers in the chart tells of the people who lie in the hospital.
    Bedside(BedsideTest),
}

/// Hidden orders on which the rules in force are tried.
#[derive(Debug, Clone)]
pub struct SupportTest {
    /// The orders; some of them dangerous, some harmless.
    pub orders: Vec<HiddenOrder>,
    /// The largest share of the harmless orders that may be interrupted, 0 to 1. Of the dangerous ones, each has to be.
    pub interrupted_max: f64,
}

/// An order that stands in no chart.
#[derive(Debug, Clone)]
pub struct HiddenOrder {
    /// Whether it would do harm.
    pub dangerous: bool,
    /// What is ordered and what is known about the patient, in the hospital's words, with placeholders.
    pub order: Value,
    /// Where it is declared.
    pub place: Place,
}

/// What the journal must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalExpect {
    /// How many entries match the filter.
    pub count: Comparison,
    /// Filters that must each match an entry later than the one before; the check's own filter applies too.
    pub order: Vec<Filter>,
    /// The hospital's time allowed between the first and the last entry of the order, or of the matches.
    pub within: Option<Duration>,
}

/// Who makes an HTTP probe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The learner whose attempt this is.
    Learner,
    /// Another learner, who owns nothing here.
    OtherLearner,
    /// An instructor.
    Instructor,
    /// Nobody: no credentials at all.
    Anonymous,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 4] = [Self::Learner, Self::OtherLearner, Self::Instructor, Self::Anonymous];

    /// The word used in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Learner => "learner",
            Self::OtherLearner => "other-learner",
            Self::Instructor => "instructor",
            Self::Anonymous => "anonymous",
        }
    }
}

/// A request made in a role, and the expected reply.
#[derive(Debug, Clone)]
pub struct HttpProbe {
    /// In whose name.
    pub role: Role,
    /// HTTP method, upper case.
    pub method: String,
    /// Path below the sandbox, such as `/fhir/Patient/{patient.id}`.
    pub path: String,
    /// The body, with placeholders.
    pub body: Option<Value>,
    /// The status code expected.
    pub status: u16,
    /// `FHIRPath` over the reply's body that must be true.
    pub expect: Option<String>,
}

/// Where the truth behind a question comes from.
#[derive(Debug, Clone)]
pub enum Truth {
    /// A text with placeholders; a list is written with commas.
    Value(String),
    /// A search in the learner's own hospital, made when the answer is judged.
    Search {
        /// The search.
        search: String,
        /// `FHIRPath` over the Bundle; its results are the truth.
        value: String,
    },
}

/// How an answer is compared with the truth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Score {
    /// The same items, in any order; case and outer spaces do not count.
    Exact,
    /// The F1 measure of the answer's items against the truth's is at least this.
    F1AtLeast(f64),
    /// A number no further than this from the truth.
    Within(f64),
}
