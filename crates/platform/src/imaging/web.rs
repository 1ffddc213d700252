//! The same archive for DICOMweb: searches by pairs, objects by address.

use imaging::dataset::{Dataset, to_json};
use imaging::query::{Level, Query};
use imaging::web::{Asked, asked};
use serde_json::{Value, json};
use store::StoreError;

use super::archive::{Archive, Object, Scope};
use super::find::matching;
use super::note::event;
use crate::access::{Access, outcome};

/// A search, as an address and the pairs after its `?` state it.
#[derive(Debug, Clone, Copy)]
pub struct WebQuery<'a> {
    /// What is wanted.
    pub level: Level,
    /// The study and the series that the address names.
    pub within: (Option<&'a str>, Option<&'a str>),
    /// The pairs.
    pub pairs: &'a [(String, String)],
}

/// What a search finds, in the DICOM JSON model, each with where it can be retrieved; and whether there is more.
///
/// # Errors
/// The outer error when the store fails, the inner when the pairs cannot be understood.
pub fn search(
    access: &Access,
    base_url: &str,
    query: &WebQuery<'_>,
) -> Result<Result<(Vec<Value>, bool), String>, StoreError> {
    let Asked { keys, limit, offset, fields } = match asked(query.within, query.pairs) {
        Ok(asked) => asked,
        Err(what) => return Ok(Err(what)),
    };
    let found = matching(access, &Query { level: query.level, keys: keys.clone() })?;
    let shown = found.iter().skip(offset).take(limit);
    let shown: Vec<Value> = shown.map(|one| to_json(&fields.of(query.level, &keys, one, base_url))).collect();
    let more = found.len() > offset + shown.len();
    let detail = json!({"level": query.level.word(), "keys": to_json(&keys), "matches": found.len(), "face": "dicomweb"});
    access.note(event(access, "dicom.find", None, outcome::OK, detail))?;
    Ok(Ok((shown, more)))
}

/// The attributes of the objects in `scope`; retrieving them is journalled as `dicom.read`, with what was taken of them.
///
/// # Errors
/// When the store fails.
pub fn look_up(access: &Access, scope: &Scope, taken: &str) -> Result<Vec<Dataset>, StoreError> {
    let found = Archive::of(access).headers(scope)?;
    let word = if found.is_empty() { "not-found" } else { outcome::OK };
    let detail = json!({
        "study": scope.study,
        "series": scope.series,
        "sop_instance": scope.sop_instance,
        "objects": found.len(),
        "taken": taken,
    });
    access.note(event(access, "dicom.read", None, word, detail))?;
    Ok(found)
}

impl Archive<'_> {
    /// The object in `scope`, which names one.
    ///
    /// # Errors
    /// When the store fails.
    pub fn named(&self, scope: &Scope) -> Result<Option<Object>, StoreError> {
        let Some(sop_instance) = scope.sop_instance.clone() else { return Ok(None) };
        if self.headers(scope)?.is_empty() {
            return Ok(None);
        }
        self.object(scope, &sop_instance)
    }
}
