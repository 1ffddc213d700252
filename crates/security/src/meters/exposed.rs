use std::collections::{BTreeMap, BTreeSet};

/// One answer that reached the attacker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosure {
    /// The patient it was about.
    pub patient: String,
    /// What kind of information it held: identifiers, diagnoses, notes.
    pub categories: Vec<String>,
}

/// How many different patients were exposed in each category, and in all of them together under the empty name.
#[must_use]
pub fn exposure(disclosures: &[Disclosure]) -> BTreeMap<String, usize> {
    let mut patients: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::from([("", BTreeSet::new())]);
    for disclosure in disclosures {
        patients.entry("").or_default().insert(&disclosure.patient);
        for category in &disclosure.categories {
            patients.entry(category).or_default().insert(&disclosure.patient);
        }
    }
    patients.into_iter().map(|(category, patients)| (category.to_owned(), patients.len())).collect()
}
