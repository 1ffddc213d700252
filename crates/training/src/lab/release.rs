//! A table that is to leave the house, attacked by whoever judges it.

use super::Bounds;

/// What is asked of a release, whichever of its figures is looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Protocol {
    /// The name of the saved question whose rows are released.
    pub question: String,
    /// The column that says whom a row is about: an id of `patients`, as the release's own right shows it.
    pub person: String,
    /// The columns that others know of people too, each with what they know, such as `patients.birth_date`.
    pub telling: Vec<(String, String)>,
    /// The columns that may be in it besides.
    pub besides: Vec<String>,
    /// The columns by which whoever gets it groups, each with the bands between which they tell apart, such as
    /// `..1949`, `1950..1969`.
    pub bands: Vec<(String, Vec<String>)>,
    /// SQL that answers whom it is to be about, in a column of the name of `person`. The learner never sees it.
    pub about: String,
}

/// A figure of a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReleaseMeasure {
    /// Rows that somebody with a register of everybody puts a name to.
    Found,
    /// The fewest rows that are alike in what others know too.
    Alike,
    /// Of those it is to be about, the share whose row is true and can be put into one band of every column asked for.
    Usable,
}

impl ReleaseMeasure {
    /// All measures.
    pub const ALL: [Self; 3] = [Self::Found, Self::Alike, Self::Usable];

    /// The word in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Alike => "alike",
            Self::Usable => "usable",
        }
    }
}

/// A figure of a release, and what it must read.
#[derive(Debug, Clone, PartialEq)]
pub struct ReleaseTest {
    /// What is released, and what for.
    pub protocol: Protocol,
    /// The check whose protocol is meant, if it has none of its own.
    pub protocol_of: Option<String>,
    /// Which figure.
    pub measure: ReleaseMeasure,
    /// What it must read.
    pub bounds: Bounds,
}
