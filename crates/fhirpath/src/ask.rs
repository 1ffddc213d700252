//! What a caller asks, and what it is told.

use serde_json::Value;

/// An expression to be evaluated, and on what.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// The expression.
    pub expression: &'a str,
    /// An expression that chooses the items to evaluate it for; the whole input where there is none.
    pub context: Option<&'a str>,
    /// The resource, or any JSON.
    pub input: &'a Value,
    /// What `%name` means, by name.
    pub variables: &'a [(&'a str, Value)],
    /// What `now()` means, in microseconds since 1970 UTC.
    pub now_us: i64,
    /// Whether a name that no element has is a mistake rather than empty.
    pub strict: bool,
    /// Where `resolve()` and `conformsTo()` look.
    pub surroundings: Option<&'a dyn Surroundings>,
}

/// What lies around a resource: other resources, and profiles.
pub trait Surroundings {
    /// The resource a reference leads to, such as `Patient/a` or an absolute address.
    fn resolve(&self, reference: &str) -> Option<Value>;

    /// Whether a resource conforms to a profile; none where the profile is not known.
    fn conforms(&self, resource: &Value, profile: &str) -> Option<bool>;
}

/// What an expression yields for one item of its context.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Where in the input that item stands, such as `Patient.name[1]`; none for the whole input.
    pub context: Option<String>,
    /// The items, in order.
    pub items: Vec<Found>,
    /// What `trace()` was told, in order.
    pub traces: Vec<Trace>,
}

/// An item of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The name of its type, such as `HumanName`, `code` or `Patient.contact`; FHIRPath's own types
    /// have the names FHIR has for them, such as `boolean`.
    pub type_name: String,
    /// Where it stands in the input; none for what was computed.
    pub path: Option<String>,
    /// As JSON; `Null` for a value of which only the extensions are known.
    pub value: Value,
    /// The id and extensions of a primitive value.
    pub beside: Option<Value>,
}

/// A call of `trace()`.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Its name.
    pub name: String,
    /// The items that passed.
    pub items: Vec<Found>,
}
