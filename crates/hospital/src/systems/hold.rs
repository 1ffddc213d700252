use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::belief::Belief;
use super::record::{PATIENT, Record};

/// What a system holds, to be looked up.
pub trait Holding {
    /// The body of a record.
    fn get(&self, kind: &str, key: &str) -> Option<Value>;

    /// Keys and bodies of all records of a kind, by key.
    fn all(&self, kind: &str) -> Vec<(String, Value)>;
}

/// Holdings in memory.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Held(BTreeMap<(String, String), Value>);

impl Held {
    /// Writes records down, each over what had its key.
    pub fn put(&mut self, records: impl IntoIterator<Item = Record>) {
        for record in records {
            self.0.insert((record.kind.to_owned(), record.key), record.body);
        }
    }
}

impl Holding for Held {
    fn get(&self, kind: &str, key: &str) -> Option<Value> {
        self.0.get(&(kind.to_owned(), key.to_owned())).cloned()
    }

    fn all(&self, kind: &str) -> Vec<(String, Value)> {
        let of_kind = self.0.iter().filter(|((known, _), _)| known == kind);
        of_kind.map(|((_, key), body)| (key.clone(), body.clone())).collect()
    }
}

/// A record of a kind, as what it is; one that cannot be read counts as absent.
pub(super) fn held<T: DeserializeOwned>(holding: &dyn Holding, kind: &str, key: &str) -> Option<T> {
    serde_json::from_value(holding.get(kind, key)?).ok()
}

/// What a system believes of a person.
pub(super) fn person(holding: &dyn Holding, mrn: &str) -> Option<Belief> {
    held(holding, PATIENT, mrn)
}
