use std::collections::BTreeMap;

use hospital::ehr::{ACKNOWLEDGE_TASK, reference_id};
use serde::Serialize;
use serde_json::Value;

use super::element::{has_code, items, text};
use super::moment::Moment;
use super::open::Chart;
use crate::fhir::FhirError;

/// That somebody took note of a critical result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Acknowledged {
    /// Who.
    pub by: String,
    /// When.
    pub at: Option<Moment>,
    /// How long after the result was sent, in minutes.
    pub after_min: Option<i64>,
    /// What was read back.
    pub read_back: String,
    /// What is done about it.
    pub action: String,
}

impl Chart<'_> {
    /// Who took note of which critical result: by the id of the Observation.
    ///
    /// # Errors
    /// When the store fails.
    pub fn acknowledged(&self) -> Result<BTreeMap<String, Acknowledged>, FhirError> {
        let mut found = BTreeMap::new();
        for told in self.all("Communication")? {
            let about = items(&told, "about").iter().find_map(|about| reference_id(about, "Observation"));
            if let Some(about) = about.filter(|_| has_code(told.get("category"), ACKNOWLEDGE_TASK)) {
                found.insert(about.to_owned(), acknowledged(&told));
            }
        }
        Ok(found)
    }
}

fn acknowledged(told: &Value) -> Acknowledged {
    let words = |pointer: &str| told.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    let at = Moment::first(told, &["/received"]);
    let sent_us = Moment::first(told, &["/sent"]).and_then(|sent| sent.at_us);
    let after = at.as_ref().and_then(|at| at.at_us).zip(sent_us).map(|(at_us, sent_us)| at_us - sent_us);
    let by = items(told, "recipient").iter().find_map(|one| text(one, "display"));
    Acknowledged {
        by: by.unwrap_or("somebody").to_owned(),
        at,
        after_min: after.map(|us| us / 60_000_000),
        read_back: words("/payload/0/contentString"),
        action: words("/note/0/text"),
    }
}
