//! What a resource is found by: one entry for each value of each search parameter.

use std::cmp::Ordering;

/// The stable number of a search parameter of one resource type.
///
/// It is the 32-bit FNV-1a hash of `Type.code`, so it survives in stored indexes while parameters are
/// added around it. A test holds that no two parameters of R4 share one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParamKey(pub u32);

/// Elements of a resource that are told apart for one parameter; values of further ones are not found together.
pub const ELEMENTS_MAX: u32 = (1 << 20) - 1;

impl ParamKey {
    /// The key of parameter `code` on `resource_type`.
    #[must_use]
    pub fn of(resource_type: &str, code: &str) -> Self {
        let bytes = resource_type.bytes().chain([b'.']).chain(code.bytes());
        Self(bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)))
    }

    /// The key of the part at place `at` of what is searched by several values of one element at once: a composite
    /// parameter, or the modifier `:of-type`, whose `code` is then `identifier:of-type`.
    #[must_use]
    pub fn part(resource_type: &str, code: &str, at: usize) -> Self {
        Self::of(resource_type, &format!("{code}${at}"))
    }

    /// The key under which a reference parameter keeps the identifiers that stand in references, for `:identifier`.
    #[must_use]
    pub fn identifier(resource_type: &str, code: &str) -> Self {
        Self::of(resource_type, &format!("{code}:identifier"))
    }
}

/// One value that a resource can be found by.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexEntry {
    /// The parameter that finds it.
    pub param: ParamKey,
    /// Which element of the resource has the value, counted from 1 for each parameter; 0 where that does not matter.
    /// Values of one element are found together only.
    pub element: u32,
    /// The value in the resource.
    pub value: IndexValue,
}

/// A value in the form its kind of search needs (FHIR R4, 3.1.1.4).
#[derive(Debug, Clone, PartialEq)]
pub enum IndexValue {
    /// A code, identifier, contact point, boolean or similar.
    Token {
        /// The namespace, where the element has one.
        system: Option<String>,
        /// The code or identifier itself, as written.
        code: String,
    },
    /// A piece of text.
    String {
        /// Lower-case, accents folded, white space collapsed; see [`super::normalise`].
        value: String,
        /// As written.
        exact: String,
    },
    /// A span of time, half-open: microseconds since 1970 UTC.
    Date {
        /// First microsecond that may be meant; `i64::MIN` when open.
        low_us: i64,
        /// First microsecond after it; `i64::MAX` when open.
        high_us: i64,
    },
    /// A number, or a closed range of numbers; infinite where open.
    Number {
        /// Smallest value that may be meant.
        low: f64,
        /// Largest value that may be meant.
        high: f64,
    },
    /// A measured amount, or a closed range of amounts; infinite where open.
    Quantity {
        /// Smallest value that may be meant.
        low: f64,
        /// Largest value that may be meant.
        high: f64,
        /// The system of the unit's code.
        system: Option<String>,
        /// The unit as a code.
        code: Option<String>,
        /// The unit as people read it.
        unit: Option<String>,
    },
    /// A link to another resource.
    Reference {
        /// `Patient/123` or an absolute address, without a version.
        target: String,
    },
    /// What people read beside a code: found by the modifier `:text`.
    Label {
        /// Lower-case, accents folded, white space collapsed; see [`super::normalise`].
        value: String,
    },
    /// An identifier in the form of a URI, as written.
    Uri {
        /// The URI.
        value: String,
    },
}

impl IndexEntry {
    /// A total order over entries: by parameter, element and value. Extraction sorts by it.
    #[must_use]
    pub fn order(&self, other: &Self) -> Ordering {
        let place = |entry: &Self| (entry.param, entry.element);
        place(self).cmp(&place(other)).then_with(|| self.value.order(&other.value))
    }
}

impl IndexValue {
    fn order(&self, other: &Self) -> Ordering {
        self.bounds_order(other).then_with(|| self.words().cmp(&other.words()))
    }

    /// Spans first by their ends; values of other kinds compare equal here.
    fn bounds_order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Date { low_us, high_us }, Self::Date { low_us: low, high_us: high }) => {
                (low_us, high_us).cmp(&(low, high))
            }
            _ => match (self.numbers(), other.numbers()) {
                (Some((low, high)), Some((other_low, other_high))) => {
                    low.total_cmp(&other_low).then_with(|| high.total_cmp(&other_high))
                }
                _ => self.rank().cmp(&other.rank()),
            },
        }
    }

    const fn numbers(&self) -> Option<(f64, f64)> {
        match self {
            Self::Number { low, high } | Self::Quantity { low, high, .. } => Some((*low, *high)),
            _ => None,
        }
    }

    const fn rank(&self) -> u8 {
        match self {
            Self::Token { .. } => 0,
            Self::String { .. } => 1,
            Self::Date { .. } => 2,
            Self::Number { .. } => 3,
            Self::Quantity { .. } => 4,
            Self::Reference { .. } => 5,
            Self::Uri { .. } => 6,
            Self::Label { .. } => 7,
        }
    }

    /// The textual parts, after the rank so that values of different kinds never tie.
    fn words(&self) -> (u8, [Option<&str>; 3]) {
        let words = match self {
            Self::Token { system, code } => [system.as_deref(), Some(code.as_str()), None],
            Self::String { value, exact } => [Some(value.as_str()), Some(exact.as_str()), None],
            Self::Date { .. } | Self::Number { .. } => [None, None, None],
            Self::Quantity { system, code, unit, .. } => {
                [system.as_deref(), code.as_deref(), unit.as_deref()]
            }
            Self::Reference { target } => [Some(target.as_str()), None, None],
            Self::Uri { value } | Self::Label { value } => [Some(value.as_str()), None, None],
        };
        (self.rank(), words)
    }
}
