//! Concept maps in memory (FHIR R4, 4.10).

use serde_json::Value;

use super::canonical::Canonical;
use super::coding::Coding;
use super::json::{list, owned, text};

/// Codes of one system in terms of another.
#[derive(Debug, Clone)]
pub struct ConceptMap {
    /// Canonical URL.
    pub url: String,
    /// Version, where it has one.
    pub version: Option<String>,
    /// Canonical URL of the value set whose codes are mapped.
    pub source: Option<String>,
    /// Canonical URL of the value set that they are mapped to.
    pub target: Option<String>,
    pub(super) groups: Vec<Group>,
}

/// The mappings from one system to another.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) source: Option<String>,
    pub(super) target: Option<String>,
    pub(super) mappings: Vec<Mapping>,
    pub(super) unmapped: Option<Unmapped>,
}

/// One code in terms of another, or the statement that there is none.
#[derive(Debug, Clone)]
pub(super) struct Mapping {
    pub(super) source: String,
    pub(super) source_display: Option<String>,
    pub(super) target: Option<String>,
    pub(super) target_display: Option<String>,
    pub(super) equivalence: String,
    pub(super) comment: Option<String>,
    pub(super) depends_on: Vec<Other>,
    pub(super) product: Vec<Other>,
}

/// A further element that a mapping needs or yields.
#[derive(Debug, Clone)]
pub(super) struct Other {
    pub(super) property: String,
    pub(super) coding: Coding,
}

/// What becomes of codes without a mapping.
#[derive(Debug, Clone)]
pub(super) enum Unmapped {
    /// The code itself, in the target system.
    Same,
    /// Always this code.
    Fixed { code: String, display: Option<String> },
    /// What another map says.
    Elsewhere { url: String },
}

impl ConceptMap {
    /// Reads the resource. What is malformed in it is left out.
    pub fn new(resource: &Value) -> ConceptMap {
        let end = |name: &str| {
            owned(resource, &format!("{name}Uri")).or_else(|| owned(resource, &format!("{name}Canonical")))
        };
        ConceptMap {
            url: owned(resource, "url").unwrap_or_default(),
            version: owned(resource, "version"),
            source: end("source"),
            target: end("target"),
            groups: list(resource, "group").map(Group::new).collect(),
        }
    }

    /// True if the map goes from and to these value sets, where they are named; versions do not count.
    pub(super) fn connects(&self, source: Option<&str>, target: Option<&str>) -> bool {
        let same = |asked: Option<&str>, known: Option<&str>| {
            asked.is_none_or(|asked| {
                known.is_some_and(|known| Canonical::new(known).url == Canonical::new(asked).url)
            })
        };
        same(source, self.source.as_deref()) && same(target, self.target.as_deref())
    }
}

impl Group {
    fn new(value: &Value) -> Group {
        let mut mappings = Vec::new();
        for element in list(value, "element") {
            let Some(source) = text(element, "code") else { continue };
            let display = owned(element, "display");
            mappings
                .extend(list(element, "target").map(|target| Mapping::new(source, display.clone(), target)));
        }
        Group {
            source: owned(value, "source"),
            target: owned(value, "target"),
            mappings,
            unmapped: value.get("unmapped").and_then(Unmapped::new),
        }
    }
}

impl Mapping {
    fn new(source: &str, source_display: Option<String>, target: &Value) -> Mapping {
        Mapping {
            source: source.to_owned(),
            source_display,
            target: owned(target, "code"),
            target_display: owned(target, "display"),
            equivalence: owned(target, "equivalence").unwrap_or_else(|| "equivalent".to_owned()),
            comment: owned(target, "comment"),
            depends_on: list(target, "dependsOn").filter_map(Other::new).collect(),
            product: list(target, "product").filter_map(Other::new).collect(),
        }
    }
}

impl Other {
    fn new(value: &Value) -> Option<Other> {
        let coding = Coding {
            system: owned(value, "system"),
            code: owned(value, "value")?,
            display: owned(value, "display"),
            ..Coding::default()
        };
        Some(Other { property: owned(value, "property")?, coding })
    }
}

impl Unmapped {
    fn new(value: &Value) -> Option<Unmapped> {
        Some(match text(value, "mode")? {
            "provided" => Unmapped::Same,
            "fixed" => Unmapped::Fixed { code: owned(value, "code")?, display: owned(value, "display") },
            "other-map" => Unmapped::Elsewhere { url: owned(value, "url")? },
            _ => return None,
        })
    }
}
