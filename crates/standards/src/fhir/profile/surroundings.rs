use serde_json::Value;

/// What lies around a resource: other resources, and an engine for FHIRPath.
pub trait Surroundings {
    /// The resource a reference leads to, such as `Patient/a` or an absolute address.
    fn resolve(&self, reference: &str) -> Option<Value>;

    /// Whether a FHIRPath expression is true at a place; an empty result is not.
    ///
    /// # Errors
    /// Why it cannot be said, for a person to read.
    fn holds(&self, expression: &str, place: &Place<'_>) -> Result<bool, String>;
}

/// A place in a resource, as a rule sees it.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The resource that contains the place.
    pub resource: &'a Value,
    /// The value there; null for a primitive of which only extensions are known.
    pub focus: &'a Value,
    /// Of a primitive value: the companion that holds its id and extensions.
    pub beside: Option<&'a Value>,
    /// Its type, such as `HumanName`, `code` or `Patient.contact`.
    pub type_name: &'a str,
}
