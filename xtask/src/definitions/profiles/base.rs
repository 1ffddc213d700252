//! What the types of FHIR R4 say about their elements, to compare profiles with.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::definitions::package::list;

/// Rules that the structural validation checks by itself. As it is written, `ref-1` yields
/// nothing for a reference without text, which would count as broken.
const STRUCTURAL: [&str; 4] = ["dom-2", "ele-1", "ext-1", "ref-1"];

/// The elements of all types, by path.
pub(super) struct Base<'a>(BTreeMap<&'a str, &'a Value>);

impl<'a> Base<'a> {
    pub(super) fn new(types: &[&'a Value]) -> Self {
        let elements = types.iter().flat_map(|structure| list(&structure["snapshot"], "element"));
        Base(elements.filter_map(|element| Some((element["path"].as_str()?, element))).collect())
    }

    /// The element of a type that an element of a profile goes back to.
    pub(super) fn of(&self, element: &Value) -> Option<&'a Value> {
        self.0.get(element["base"]["path"].as_str().or(element["path"].as_str())?).copied()
    }

    /// The keys of the rules that hold for an element whatever a profile says: those of `origin`, where it has one, and
    /// those of the types it may have.
    pub(super) fn rules(&self, element: &'a Value, origin: Option<&'a Value>) -> BTreeSet<&'a str> {
        let kinds = list(element, "type").filter_map(|kind| self.0.get(kind["code"].as_str()?).copied());
        let keys = origin.into_iter().chain(kinds).flat_map(keys);
        keys.chain(STRUCTURAL).collect()
    }
}

fn keys(element: &Value) -> impl Iterator<Item = &str> {
    list(element, "constraint").filter_map(|rule| rule["key"].as_str())
}
