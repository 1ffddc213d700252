//! The primitive types of FHIR R4 (2.24.0.1).

/// A primitive type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Primitive {
    /// Bytes in base64.
    Base64Binary,
    /// `true` or `false`.
    Boolean,
    /// A URI with an optional version that names a conformance resource.
    Canonical,
    /// A code without inner double spaces.
    Code,
    /// A year, a month or a day.
    Date,
    /// A year, a month, a day, or a moment with time zone.
    DateTime,
    /// A decimal number whose precision matters.
    Decimal,
    /// 1 to 64 letters, digits, `-` and `.`.
    Id,
    /// A moment to the second or finer, with time zone.
    Instant,
    /// A signed 32-bit number.
    Integer,
    /// Text in GitHub-flavoured Markdown.
    Markdown,
    /// An object identifier as URI, `urn:oid:...`.
    Oid,
    /// A 32-bit number from 1.
    PositiveInt,
    /// Unicode text.
    String,
    /// A time of day.
    Time,
    /// A 32-bit number from 0.
    UnsignedInt,
    /// A URI.
    Uri,
    /// A URI that can be fetched.
    Url,
    /// A UUID as URI, `urn:uuid:...`.
    Uuid,
    /// A fragment of XHTML.
    Xhtml,
}

impl Primitive {
    /// The type of this name, such as `dateTime`.
    pub fn from_name(name: &str) -> Option<Primitive> {
        Some(match name {
            "base64Binary" => Primitive::Base64Binary,
            "boolean" => Primitive::Boolean,
            "canonical" => Primitive::Canonical,
            "code" => Primitive::Code,
            "date" => Primitive::Date,
            "dateTime" => Primitive::DateTime,
            "decimal" => Primitive::Decimal,
            "id" => Primitive::Id,
            "instant" => Primitive::Instant,
            "integer" => Primitive::Integer,
            "markdown" => Primitive::Markdown,
            "oid" => Primitive::Oid,
            "positiveInt" => Primitive::PositiveInt,
            "string" => Primitive::String,
            "time" => Primitive::Time,
            "unsignedInt" => Primitive::UnsignedInt,
            "uri" => Primitive::Uri,
            "url" => Primitive::Url,
            "uuid" => Primitive::Uuid,
            "xhtml" => Primitive::Xhtml,
            _ => return None,
        })
    }
}

/// A primitive type as the specification publishes it.
#[derive(Clone, Debug)]
pub struct PrimitiveDefinition {
    /// Which type it is.
    pub kind: Primitive,
    /// Its name, such as `dateTime`.
    pub name: String,
    /// The published regular expression for the whole value; `xhtml` has none.
    pub pattern: Option<String>,
}
