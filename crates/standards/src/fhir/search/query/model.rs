//! The parts of a query.

use super::condition::Condition;
use super::wanted::Match;
use crate::fhir::search::{Codes, NoCodes, ParamKey, SearchKind};

/// What a query is read against.
#[derive(Clone, Copy)]
pub struct ParseContext<'a> {
    /// The service base without a trailing slash; references under it are made relative.
    pub base_url: &'a str,
    /// The present moment, in microseconds since 1970 UTC; the prefix `ap` widens dates by their
    /// distance from it.
    pub now_us: i64,
    /// What is known of code systems and value sets.
    pub codes: &'a dyn Codes,
}

impl<'a> ParseContext<'a> {
    /// A context in which nothing is known of codes.
    #[must_use]
    pub const fn new(base_url: &'a str, now_us: i64) -> Self {
        Self { base_url, now_us, codes: &NoCodes }
    }
}

/// A search on one resource type.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Query {
    /// The type searched.
    pub resource_type: String,
    /// What must hold, all of it.
    pub criteria: Vec<Condition>,
    /// The wished order, most significant first.
    pub sort: Vec<Sort>,
    /// Resources wished on a page.
    pub count: Option<usize>,
    /// Where the page starts: what an earlier page's link carried in `_cursor`.
    pub cursor: Option<String>,
    /// References to follow from the resources found.
    pub include: Vec<Include>,
    /// References to follow backwards to the resources found.
    pub revinclude: Vec<Include>,
    /// How much of each resource is wanted.
    pub summary: Summary,
    /// The top-level elements wanted; empty for all.
    pub elements: Vec<String>,
    /// How exact the number of all matches should be.
    pub total: Total,
    /// What could not be used.
    pub problems: Vec<Problem>,
    /// The parameters in use as the client wrote them, for the self link; without `_cursor`.
    pub applied: Vec<(String, String)>,
}

/// One condition: a parameter and the values of which any may match.
#[derive(Debug, Clone, PartialEq)]
pub struct Criterion {
    /// The parameter's name.
    pub code: String,
    /// The key under which the index has the values.
    pub key: ParamKey,
    /// The kind of the values; that of identifiers for [`Modifier::Identifier`].
    pub kind: SearchKind,
    /// What changes the comparison.
    pub modifier: Option<Modifier>,
    /// The alternatives. None with [`Modifier::Missing`] and in a part of a [`Match::Element`] that may have any value;
    /// else a criterion without alternatives is met by nothing.
    pub any: Vec<Match>,
}

/// What follows the colon after a parameter's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Modifier {
    /// String: the whole text as written.
    Exact,
    /// String: anywhere in the text, normalised.
    Contains,
    /// Any kind: whether the resource has no value at all.
    Missing(bool),
    /// Token: no value of the resource matches; true of a resource without a value.
    Not,
    /// Reference: only to this resource type. The matches are narrowed already.
    Type(String),
    /// Token: what people read beside the code.
    Text,
    /// Token: type and value of an identifier together.
    OfType,
    /// Reference: the identifier that stands in the reference.
    Identifier,
    /// Token, URI: what the value lies below, and itself. The matches say it already.
    Above,
    /// Token, URI: what lies below the value, and itself. The matches say it already.
    Below,
    /// Token: a code of a value set. The matches are its codes.
    In,
    /// Token: no value of the resource is a code of the value set; true of a resource without a value.
    NotIn,
    /// String, in `_filter` only: the whole text, normalised.
    Whole,
    /// String, in `_filter` only: the end of the text, normalised.
    Ends,
    /// In `_filter` only: some value of the resource is another than this.
    Differs,
}

impl Modifier {
    /// Whether the criterion holds where no value of the resource matches.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        matches!(self, Self::Not | Self::NotIn)
    }
}

/// One sort key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// The parameter's name.
    pub code: String,
    /// The parameter's key in the index.
    pub key: ParamKey,
    /// The parameter's kind; `Id` and `LastUpdated` sort by the resource's own columns.
    pub kind: SearchKind,
    /// Largest first.
    pub descending: bool,
}

/// A reference parameter to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Include {
    /// The type that holds the reference.
    pub source_type: String,
    /// The reference parameter's name.
    pub code: String,
    /// The reference parameter's key in the index.
    pub key: ParamKey,
    /// Only references to this type.
    pub target_type: Option<String>,
    /// Follow it from what was included, too.
    pub iterate: bool,
}

/// How much of each resource is wanted (`_summary`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Summary {
    /// All of it.
    #[default]
    False,
    /// The elements marked as summary.
    True,
    /// Text, id, meta and mandatory elements.
    Text,
    /// All but the text.
    Data,
    /// Only the number of matches.
    Count,
}

/// How exact the number of all matches should be (`_total`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Total {
    /// Not said: the server chooses.
    #[default]
    Unstated,
    /// Not wanted.
    None,
    /// An estimate will do.
    Estimate,
    /// The exact number.
    Accurate,
}

/// A parameter that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The parameter as written, with its modifier.
    pub parameter: String,
    /// What is wrong and what to try, as a sentence fragment.
    pub reason: String,
    /// Whether the search may go on without it.
    pub kind: ProblemKind,
}

/// What to do about a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// Not a parameter of this type: ignored unless the client asked for strict handling.
    Unknown,
    /// Known but malformed, or a form that is not supported here: always an error.
    Invalid,
    /// Understood, but more than one search may ask: always an error.
    TooCostly,
}
