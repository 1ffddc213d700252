/// What is known of a person, ready to be compared: texts without case and accents, numbers as digits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traits {
    /// Identifiers, as system and value.
    pub identifiers: Vec<(String, String)>,
    /// Family names, past ones too.
    pub families: Vec<String>,
    /// Given names, each for itself.
    pub givens: Vec<String>,
    /// The birth date as FHIR writes it: a year, a month or a day.
    pub birth_date: Option<String>,
    /// The administrative gender's code; none if it is unknown.
    pub sex: Option<String>,
    /// Phone numbers, digits only.
    pub phones: Vec<String>,
    /// Addresses.
    pub addresses: Vec<Address>,
}

/// Where someone lives.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// Street and house.
    pub line: String,
    /// The postal code.
    pub postal_code: String,
}
