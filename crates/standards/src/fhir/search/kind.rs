//! The kinds of search parameter.

/// How the values of a parameter are written and compared (FHIR R4, 3.1.1.4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchKind {
    /// `_id`: the logical id, compared whole.
    Id,
    /// `_lastUpdated`: the moment of the last change.
    LastUpdated,
    /// Codes, identifiers, booleans.
    Token,
    /// Text, found by its beginning.
    String,
    /// Dates, times and periods.
    Date,
    /// Numbers.
    Number,
    /// Numbers with a unit.
    Quantity,
    /// Links to other resources.
    Reference,
    /// URIs, compared whole.
    Uri,
    /// Values of several other parameters that must meet in one element.
    Composite,
}

impl SearchKind {
    /// The word of `SearchParameter.type`, as a `CapabilityStatement` states it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Id | Self::Token => "token",
            Self::LastUpdated | Self::Date => "date",
            Self::String => "string",
            Self::Number => "number",
            Self::Quantity => "quantity",
            Self::Reference => "reference",
            Self::Uri => "uri",
            Self::Composite => "composite",
        }
    }

    /// The kind that `SearchParameter.type` names, or `None` for those that are not searched here.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Some(match code {
            "token" => Self::Token,
            "date" => Self::Date,
            "string" => Self::String,
            "number" => Self::Number,
            "quantity" => Self::Quantity,
            "reference" => Self::Reference,
            "uri" => Self::Uri,
            "composite" => Self::Composite,
            _ => return None,
        })
    }

    /// The modifiers that parameters of the kind take, in words (FHIR R4, 3.1.1.4.4); `None` for none.
    #[must_use]
    pub const fn modifiers(self) -> Option<&'static str> {
        Some(match self {
            Self::Id | Self::LastUpdated => return None,
            Self::String => ":exact, :contains, :missing",
            Self::Token => ":not, :text, :of-type, :in, :not-in, :above, :below, :missing",
            Self::Uri => ":above, :below, :missing",
            Self::Reference => ":identifier, :missing or a type that it may refer to",
            Self::Date | Self::Number | Self::Quantity | Self::Composite => ":missing",
        })
    }
}
