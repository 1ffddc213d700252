//! Values searched for.

use super::model::Criterion;

/// One value searched for.
#[derive(Debug, Clone, PartialEq)]
pub enum Match {
    /// For tokens.
    Token {
        /// The namespace wanted.
        system: SystemMatch,
        /// The code wanted; `None` for any code of the system.
        code: Option<String>,
    },
    /// For strings.
    String {
        /// In the form of the index; see [`crate::fhir::search::normalise`].
        normalised: String,
        /// As written.
        exact: String,
    },
    /// For dates: a half-open span in microseconds since 1970 UTC, widened already for `ap`.
    Date {
        /// The comparison.
        prefix: Prefix,
        /// First microsecond meant.
        low_us: i64,
        /// First microsecond after.
        high_us: i64,
    },
    /// For numbers.
    Number {
        /// The comparison.
        prefix: Prefix,
        /// The number as written, for `gt lt ge le sa eb`.
        value: f64,
        /// Lowest number that rounds to it, for `eq ne ap` (widened for `ap`).
        low: f64,
        /// First number above those that round to it, for `eq ne ap` (widened for `ap`).
        high: f64,
    },
    /// For quantities.
    Quantity {
        /// The comparison.
        prefix: Prefix,
        /// The number as written, for `gt lt ge le sa eb`.
        value: f64,
        /// Lowest number that rounds to it, for `eq ne ap` (widened for `ap`).
        low: f64,
        /// First number above those that round to it, for `eq ne ap` (widened for `ap`).
        high: f64,
        /// The system of the unit's code; `None` for any.
        system: Option<String>,
        /// The unit. With a system it is the code; without, the code or the readable unit.
        code: Option<String>,
    },
    /// For references: any of these targets, each in a form that the index may hold.
    Reference {
        /// `Type/id` or absolute addresses.
        targets: Vec<String>,
    },
    /// For URIs: equal as a whole.
    Uri {
        /// The URI.
        value: String,
    },
    /// For URIs: this one and those below it, path by path.
    UriBelow {
        /// The URI, without a slash at its end.
        value: String,
    },
    /// For tokens: any of these codes, each with its system; `None` only for values without a system.
    Codes {
        /// System and code.
        codes: Vec<(Option<String>, String)>,
    },
    /// For [`Modifier::Text`]: the beginning of what people read.
    Label {
        /// In the form of the index; see [`crate::fhir::search::normalise`].
        normalised: String,
    },
    /// For composites and [`Modifier::OfType`]: one element meets all of these.
    Element {
        /// One criterion for each part, without a modifier.
        parts: Vec<Criterion>,
    },
    /// For `_id`: equal as a whole.
    Id {
        /// The logical id.
        id: String,
    },
    /// For `_lastUpdated`: as [`Match::Date`], compared with the single microsecond of the change.
    LastUpdated {
        /// The comparison.
        prefix: Prefix,
        /// First microsecond meant.
        low_us: i64,
        /// First microsecond after.
        high_us: i64,
    },
}

/// The namespace part of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SystemMatch {
    /// `code`: whatever the system.
    Any,
    /// `|code`: only values without a system. Also for a system that the values leave unsaid, such as
    /// that of `gender`.
    None,
    /// `system|code`: this system.
    Is(String),
}

/// A comparison (FHIR R4, 3.1.1.4.2); [`crate::fhir::search::compare`] says what each means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Prefix {
    /// Equal; also when none is written.
    #[default]
    Eq,
    /// Not equal.
    Ne,
    /// Greater.
    Gt,
    /// Less.
    Lt,
    /// Greater or equal.
    Ge,
    /// Less or equal.
    Le,
    /// Starts after.
    Sa,
    /// Ends before.
    Eb,
    /// Approximately: within a tenth.
    Ap,
}
