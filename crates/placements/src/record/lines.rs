use jiff::ToSpan;
use jiff::civil::Date;

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineState {
    /// It waits for a signature.
    Open,
    /// The supervisor gave it back, with words.
    Returned(String),
    /// The apprentice took it back.
    Withdrawn,
    /// Signed, by this entry.
    Signed(u64),
    /// Mended by this line, which is signed.
    Mended(u64),
}

/// A line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its number: that of its entry.
    pub seq: u64,
    /// The day it is about.
    pub day: Date,
    /// The process or course.
    pub at: String,
    /// How long.
    pub minutes: u32,
    /// What was done.
    pub what: String,
    /// The line that it mends, and why that was wrong.
    pub corrects: Option<(u64, String)>,
    /// When it was logged, in microseconds since 1970 UTC.
    pub logged_us: i64,
    /// What became of it.
    pub state: LineState,
}

impl Line {
    /// Whether somebody stands by it and nothing has taken its place.
    #[must_use]
    pub fn counts(&self) -> bool {
        matches!(self.state, LineState::Signed(_))
    }

    /// Whether it waits for a signature.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.state == LineState::Open
    }
}

/// The Monday of a day's week.
#[must_use]
pub fn monday(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}
