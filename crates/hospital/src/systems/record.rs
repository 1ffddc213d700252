use serde_json::Value;

/// The kind of records of people: the key is the MRN, the body a [`Belief`](super::Belief).
pub const PATIENT: &str = "patient";
/// The kind of records of orders: the key is the placer's number, the body an [`Order`](super::Order).
pub const ORDER: &str = "order";
/// The kind of records of charges.
pub const CHARGE: &str = "charge";
/// The kind of records of documents.
pub const DOCUMENT: &str = "document";
/// The kind of records of vaccinations.
pub const VACCINATION: &str = "vaccination";

/// Something a system has written down.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// What it is: [`PATIENT`], [`ORDER`], [`CHARGE`], [`DOCUMENT`] or [`VACCINATION`].
    pub kind: &'static str,
    /// Its key, unique within kind and system.
    pub key: String,
    /// What it says.
    pub body: Value,
    /// When the system does something about it by itself, virtual microseconds since 1970 UTC.
    pub due_us: Option<i64>,
}

impl Record {
    /// A record about which nothing happens by itself.
    pub fn new(kind: &'static str, key: &str, body: Value) -> Self {
        Self { kind, key: key.to_owned(), body, due_us: None }
    }
}
