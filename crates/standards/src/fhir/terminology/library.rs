//! The way in: finding resources, one's own before the shipped.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::canonical::Canonical;
use super::code_system::CodeSystem;
use super::concept_map::ConceptMap;
use super::error::TerminologyError;
use super::limits::Limits;
use super::shipped::Shipped;
use super::source::{Kind, Source};
use super::value_set::ValueSet;

/// Resources read from the source, by canonical URL with version; nothing where there is none.
type Read<T> = RefCell<BTreeMap<String, Option<Arc<T>>>>;

/// Answers questions about codes. Cheap to make: make one for each request. It keeps what it has read of the source, so
/// that all answers of one request rest on the same resources.
pub struct Terminology<'a> {
    own: Option<&'a dyn Source>,
    pub(super) limits: Limits,
    code_systems: Read<CodeSystem>,
    value_sets: Read<ValueSet>,
}

impl Terminology<'static> {
    /// The shipped resources alone.
    pub fn r4() -> Terminology<'static> {
        Terminology::new(None, Limits::default())
    }
}

impl<'a> Terminology<'a> {
    /// The shipped resources behind those of a source.
    pub fn with(source: &'a dyn Source) -> Terminology<'a> {
        Terminology::new(Some(source), Limits::default())
    }

    /// The same with other limits.
    pub fn limited(self, limits: Limits) -> Terminology<'a> {
        Terminology { limits, ..self }
    }

    fn new(own: Option<&'a dyn Source>, limits: Limits) -> Terminology<'a> {
        Terminology { own, limits, code_systems: RefCell::default(), value_sets: RefCell::default() }
    }

    /// The canonical URLs of the shipped resources of a kind, sorted.
    pub fn shipped_urls(kind: Kind) -> impl Iterator<Item = &'static str> {
        Shipped::get().urls(kind)
    }

    /// A shipped resource as JSON, reduced as it ships.
    pub fn shipped_resource(kind: Kind, url: &str) -> Option<Value> {
        Shipped::get().resource(kind, url)
    }

    /// The value set of this canonical URL, in the version it names.
    ///
    /// # Errors
    /// [`TerminologyError`] when there is none, or only one of another version.
    pub fn value_set(&self, url: &str) -> Result<Arc<ValueSet>, TerminologyError> {
        let asked = Canonical::new(url);
        let found = self.any_value_set(url);
        let version = |set: &ValueSet| set.version.clone();
        versioned(Kind::ValueSet, asked, found, version)
    }

    /// The code system of this canonical URL, in the version it names.
    ///
    /// # Errors
    /// [`TerminologyError`] when there is none, or only one of another version.
    pub fn code_system(&self, url: &str) -> Result<Arc<CodeSystem>, TerminologyError> {
        let asked = Canonical::new(url);
        versioned(Kind::CodeSystem, asked, self.any_code_system(url), |system| system.version.clone())
    }

    /// The concept map of this canonical URL, in the version it names.
    ///
    /// # Errors
    /// [`TerminologyError`] when there is none, or only one of another version.
    pub fn concept_map(&self, url: &str) -> Result<Arc<ConceptMap>, TerminologyError> {
        let asked = Canonical::new(url);
        let own = self.own_resource(Kind::ConceptMap, asked).map(|found| Arc::new(ConceptMap::new(&found)));
        let found = own.or_else(|| Shipped::get().concept_map(asked.url));
        versioned(Kind::ConceptMap, asked, found, |map| map.version.clone())
    }

    /// The resource of this kind and canonical URL as JSON, one's own before the shipped.
    pub fn resource(&self, kind: Kind, url: &str) -> Option<Value> {
        let asked = Canonical::new(url);
        self.own_resource(kind, asked).or_else(|| Self::shipped_resource(kind, asked.url))
    }

    /// Every concept map there is, one's own first.
    pub(super) fn concept_maps(&self) -> Vec<Arc<ConceptMap>> {
        let own = self.own.map(Source::concept_maps).unwrap_or_default();
        let mut maps: Vec<Arc<ConceptMap>> = own.iter().map(|map| Arc::new(ConceptMap::new(map))).collect();
        let shipped = Shipped::get();
        maps.extend(shipped.urls(Kind::ConceptMap).filter_map(|url| shipped.concept_map(url)));
        maps
    }

    /// The value set of this canonical URL; in another version where the one named is not known.
    pub(super) fn any_value_set(&self, url: &str) -> Option<Arc<ValueSet>> {
        remembered(&self.value_sets, url, || {
            let asked = Canonical::new(url);
            let own = self.own_resource(Kind::ValueSet, asked).map(|found| Arc::new(ValueSet::new(&found)));
            own.or_else(|| Shipped::get().value_set(asked.url))
        })
    }

    /// The code system of this canonical URL; in another version where the one named is not known. A fragment of one's
    /// own is completed by the shipped one.
    pub(super) fn any_code_system(&self, url: &str) -> Option<Arc<CodeSystem>> {
        remembered(&self.code_systems, url, || {
            let asked = Canonical::new(url);
            let shipped = || Shipped::get().code_system(asked.url);
            let Some(own) = self.own_resource(Kind::CodeSystem, asked) else { return shipped() };
            let own = CodeSystem::new(&own);
            match shipped() {
                Some(shipped) if !own.complete => Some(Arc::new(own.extended(&shipped))),
                _ => Some(Arc::new(own)),
            }
        })
    }

    fn own_resource(&self, kind: Kind, asked: Canonical<'_>) -> Option<Value> {
        let own = self.own?;
        let exact = own.find(kind, asked.url, asked.version);
        match asked.version {
            Some(version) if exact.is_none() && !ships(kind, asked.url, version) => {
                own.find(kind, asked.url, None)
            }
            _ => exact,
        }
    }
}

/// True if the shipped resource of this URL has this version.
fn ships(kind: Kind, url: &str, version: &str) -> bool {
    let shipped = Shipped::get();
    let known = match kind {
        Kind::CodeSystem => shipped.code_system(url).and_then(|found| found.version.clone()),
        Kind::ValueSet => shipped.value_set(url).and_then(|found| found.version.clone()),
        Kind::ConceptMap => shipped.concept_map(url).and_then(|found| found.version.clone()),
    };
    known.as_deref() == Some(version)
}

fn remembered<T>(read: &Read<T>, url: &str, find: impl FnOnce() -> Option<Arc<T>>) -> Option<Arc<T>> {
    if let Some(found) = read.borrow().get(url) {
        return found.clone();
    }
    let found = find();
    read.borrow_mut().insert(url.to_owned(), found.clone());
    found
}

fn versioned<T>(
    kind: Kind,
    asked: Canonical<'_>,
    found: Option<Arc<T>>,
    version: impl Fn(&T) -> Option<String>,
) -> Result<Arc<T>, TerminologyError> {
    let Some(found) = found else {
        return Err(TerminologyError::UnknownResource { kind, url: asked.to_string() });
    };
    match (asked.version, version(&found)) {
        (Some(asked_version), Some(known)) if asked_version != known => Err(TerminologyError::OtherVersion {
            kind,
            url: asked.url.to_owned(),
            asked: asked_version.to_owned(),
            known,
        }),
        _ => Ok(found),
    }
}
