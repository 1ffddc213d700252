//! Code systems in memory (FHIR R4, 4.8).

use std::collections::BTreeMap;

use serde_json::Value;

use super::json::{choice, list, owned, text};

/// A set of codes with their meanings and order.
#[derive(Debug, Clone)]
pub struct CodeSystem {
    /// Canonical URL.
    pub url: String,
    /// Version, where it has one.
    pub version: Option<String>,
    /// Name for people, or for machines where there is no other.
    pub name: Option<String>,
    /// True if every code is here; false for fragments, examples and systems without any.
    pub complete: bool,
    pub(super) case_sensitive: bool,
    /// True if a code below another is a kind of it; false for parts and groups.
    pub(super) subsumes: bool,
    concepts: Vec<Concept>,
    by_code: BTreeMap<String, usize>,
}

/// A code with its meaning.
#[derive(Debug, Clone, PartialEq)]
pub struct Concept {
    /// The code.
    pub code: String,
    /// Its name.
    pub display: Option<String>,
    /// What it means.
    pub definition: Option<String>,
    /// Other names, as FHIR writes them: `language`, `use`, `value`.
    pub designations: Vec<Value>,
    /// Code of the property, name of the member that holds the value (such as `valueCode`), value.
    pub properties: Vec<(String, String, Value)>,
    parents: Vec<usize>,
    children: Vec<usize>,
}

impl CodeSystem {
    /// Reads a CodeSystem resource. What is malformed in it is left out.
    pub fn new(resource: &Value) -> CodeSystem {
        let mut system = CodeSystem {
            url: owned(resource, "url").unwrap_or_default(),
            version: owned(resource, "version"),
            name: owned(resource, "title").or_else(|| owned(resource, "name")),
            complete: false,
            case_sensitive: resource.get("caseSensitive").and_then(Value::as_bool) != Some(false),
            subsumes: matches!(text(resource, "hierarchyMeaning"), None | Some("is-a")),
            concepts: Vec::new(),
            by_code: BTreeMap::new(),
        };
        system.add(resource, None);
        system.link();
        system.complete = text(resource, "content") == Some("complete") && !system.concepts.is_empty();
        system
    }

    fn add(&mut self, parent: &Value, above: Option<usize>) {
        for value in list(parent, "concept") {
            let Some(concept) = Concept::new(value) else { continue };
            let at = self.concepts.len();
            self.by_code.entry(self.folded(&concept.code)).or_insert(at);
            self.concepts.push(concept);
            if let Some(above) = above {
                self.place(at, above);
            }
            self.add(value, Some(at));
        }
    }

    /// Follows the properties that put a concept below another (FHIR R4, 4.8.12).
    fn link(&mut self) {
        for at in 0..self.concepts.len() {
            for (property, _, value) in self.concepts[at].properties.clone() {
                let Some(other) = value.as_str().and_then(|code| self.position(code)) else { continue };
                match property.as_str() {
                    "child" => self.place(other, at),
                    "parent" | "subsumedBy" => self.place(at, other),
                    _ => {}
                }
            }
        }
    }

    fn place(&mut self, below: usize, above: usize) {
        if below != above && !self.concepts[below].parents.contains(&above) {
            self.concepts[below].parents.push(above);
            self.concepts[above].children.push(below);
        }
    }

    /// This fragment with the codes of another that it lacks, in the order of both.
    pub(super) fn extended(mut self, other: &CodeSystem) -> CodeSystem {
        let mut places = Vec::new();
        for concept in &other.concepts {
            let fresh = self.concepts.len();
            let at = *self.by_code.entry(self.folded(&concept.code)).or_insert(fresh);
            if at == fresh {
                let (parents, children) = (Vec::new(), Vec::new());
                self.concepts.push(Concept { parents, children, ..concept.clone() });
            }
            places.push(at);
        }
        for (below, concept) in other.concepts.iter().enumerate() {
            for above in &concept.parents {
                self.place(places[below], places[*above]);
            }
        }
        self.complete |= other.complete;
        self
    }

    /// The form in which codes are compared.
    pub(super) fn folded(&self, code: &str) -> String {
        if self.case_sensitive { code.to_owned() } else { code.to_lowercase() }
    }

    fn position(&self, code: &str) -> Option<usize> {
        match self.case_sensitive {
            true => self.by_code.get(code).copied(),
            false => self.by_code.get(&code.to_lowercase()).copied(),
        }
    }

    /// The concept of a code.
    pub fn concept(&self, code: &str) -> Option<&Concept> {
        self.concepts.get(self.position(code)?)
    }

    /// Every concept, each before those below it.
    pub fn concepts(&self) -> &[Concept] {
        &self.concepts
    }

    /// The concepts directly above one.
    pub fn parents<'a>(&'a self, concept: &'a Concept) -> impl Iterator<Item = &'a Concept> {
        concept.parents.iter().map(|at| &self.concepts[*at])
    }

    /// The concepts directly below one.
    pub fn children<'a>(&'a self, concept: &'a Concept) -> impl Iterator<Item = &'a Concept> {
        concept.children.iter().map(|at| &self.concepts[*at])
    }

    /// Every concept above a code, at any distance, without itself; in the order of the system.
    pub fn ancestors(&self, code: &str) -> Vec<&Concept> {
        self.reached(code, |concept| &concept.parents)
    }

    /// Every concept below a code, at any distance, without itself; in the order of the system.
    pub fn descendants(&self, code: &str) -> Vec<&Concept> {
        self.reached(code, |concept| &concept.children)
    }

    fn reached(&self, code: &str, next: impl Fn(&Concept) -> &Vec<usize>) -> Vec<&Concept> {
        let Some(start) = self.position(code) else { return Vec::new() };
        let mut reached = vec![false; self.concepts.len()];
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            let fresh = next(&self.concepts[at])
                .iter()
                .filter(|other| !std::mem::replace(&mut reached[**other], true));
            open.extend(fresh);
        }
        reached[start] = false;
        self.concepts
            .iter()
            .zip(reached)
            .filter_map(|(concept, is_reached)| is_reached.then_some(concept))
            .collect()
    }

    /// True if `above` is above `below` at any distance. No concept is above itself.
    pub fn is_above(&self, above: &str, below: &str) -> bool {
        let Some(above) = self.position(above) else { return false };
        self.position(below) != Some(above)
            && self.ancestors(below).iter().any(|concept| std::ptr::eq(*concept, &self.concepts[above]))
    }
}

impl Concept {
    fn new(value: &Value) -> Option<Concept> {
        let properties = list(value, "property").filter_map(|property| {
            let (name, value) = choice(property)?;
            Some((owned(property, "code")?, name.to_owned(), value.clone()))
        });
        Some(Concept {
            code: owned(value, "code")?,
            display: owned(value, "display"),
            definition: owned(value, "definition"),
            designations: list(value, "designation").cloned().collect(),
            properties: properties.collect(),
            parents: Vec::new(),
            children: Vec::new(),
        })
    }

    /// The values of a property.
    pub fn values<'a>(&'a self, property: &'a str) -> impl Iterator<Item = &'a Value> {
        self.properties.iter().filter(move |(code, _, _)| code == property).map(|(_, _, value)| value)
    }

    /// True if the concept only gathers others and is not for use in records.
    pub fn is_abstract(&self) -> bool {
        self.values("notSelectable").chain(self.values("abstract")).any(|value| *value == true)
    }

    /// True if the concept is no longer for use.
    pub fn is_inactive(&self) -> bool {
        self.values("inactive").any(|value| *value == true)
            || self
                .values("status")
                .filter_map(Value::as_str)
                .any(|status| matches!(status, "retired" | "deprecated" | "inactive"))
    }
}
