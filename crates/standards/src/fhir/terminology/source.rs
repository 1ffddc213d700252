//! Where resources of a hospital's own come from.

use serde_json::Value;

/// The kinds of resource that terminology rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A set of codes with meanings.
    CodeSystem,
    /// A choice of codes for one purpose.
    ValueSet,
    /// Codes of one system in terms of another.
    ConceptMap,
}

impl Kind {
    /// The name of the resource type.
    pub fn name(self) -> &'static str {
        match self {
            Kind::CodeSystem => "CodeSystem",
            Kind::ValueSet => "ValueSet",
            Kind::ConceptMap => "ConceptMap",
        }
    }

    /// The kind of that resource type.
    pub fn from_name(name: &str) -> Option<Kind> {
        [Kind::CodeSystem, Kind::ValueSet, Kind::ConceptMap].into_iter().find(|kind| kind.name() == name)
    }
}

/// Resources beside the shipped ones; what it finds goes before them.
pub trait Source {
    /// The resource of this kind and canonical URL, of this version where one is named; any version otherwise.
    fn find(&self, kind: Kind, url: &str, version: Option<&str>) -> Option<Value>;

    /// All concept maps, for translations that name no map.
    fn concept_maps(&self) -> Vec<Value>;
}
