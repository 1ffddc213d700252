//! A code in terms of another system (FHIR R4, 4.10.7, `$translate`).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::coding::Coding;
use super::concept_map::{ConceptMap, Group, Mapping, Unmapped};
use super::error::TerminologyError;
use super::library::Terminology;

/// What a translation may use.
#[derive(Debug, Clone, Default)]
pub struct Translate<'a> {
    /// Only maps from this value set.
    pub source: Option<&'a str>,
    /// Only maps to this value set.
    pub target: Option<&'a str>,
    /// Only codes of this system.
    pub target_system: Option<&'a str>,
    /// Go from the maps' targets to their sources.
    pub reverse: bool,
    /// What is known beside the code: property and code of the elements a mapping may depend on.
    pub dependencies: &'a [(String, Coding)],
}

/// One way to say a code in other terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// How the meanings relate (value set `concept-map-equivalence`), the target as seen from the source.
    pub equivalence: String,
    /// The code; nothing where a map states that there is none.
    pub coding: Option<Coding>,
    /// Further elements that the mapping yields: property and code.
    pub products: Vec<(String, Coding)>,
    /// Canonical URL of the map.
    pub map: String,
    /// What the map says about the match.
    pub comment: Option<String>,
}

impl Match {
    /// True if the match gives a code with a meaning in common.
    pub fn is_translation(&self) -> bool {
        self.coding.is_some() && !matches!(self.equivalence.as_str(), "unmatched" | "disjoint")
    }
}

impl Terminology<'_> {
    /// A code in other terms, by the map of this canonical URL or, where none is named, by every map that fits.
    ///
    /// # Errors
    /// [`TerminologyError`] when the map named is not known.
    pub fn translate(
        &self,
        map: Option<&str>,
        coding: &Coding,
        asked: &Translate<'_>,
    ) -> Result<Vec<Match>, TerminologyError> {
        let maps = match map {
            Some(url) => vec![self.concept_map(url)?],
            None => self.concept_maps(),
        };
        let (from, to) =
            if asked.reverse { (asked.target, asked.source) } else { (asked.source, asked.target) };
        let fitting = maps.iter().filter(|map| map.connects(from, to));
        let mut matches: Vec<Match> = Vec::new();
        for map in fitting {
            for found in self.by_map(map, coding, asked, &mut BTreeSet::new()) {
                if !matches.contains(&found) {
                    matches.push(found);
                }
            }
        }
        Ok(matches)
    }

    /// A code in other terms, by a map that is at hand.
    pub fn translate_by(&self, map: &ConceptMap, coding: &Coding, asked: &Translate<'_>) -> Vec<Match> {
        self.by_map(map, coding, asked, &mut BTreeSet::new())
    }

    fn by_map(
        &self,
        map: &ConceptMap,
        coding: &Coding,
        asked: &Translate<'_>,
        passed: &mut BTreeSet<String>,
    ) -> Vec<Match> {
        passed.insert(map.url.clone());
        map.groups.iter().flat_map(|group| self.by_group(map, group, coding, asked, passed)).collect()
    }

    fn by_group(
        &self,
        map: &ConceptMap,
        group: &Group,
        coding: &Coding,
        asked: &Translate<'_>,
        passed: &mut BTreeSet<String>,
    ) -> Vec<Match> {
        let (from, to) =
            if asked.reverse { (&group.target, &group.source) } else { (&group.source, &group.target) };
        let differs = |asked: Option<&str>, known: &Option<String>| matches!((asked, known), (Some(asked), Some(known)) if asked != known);
        if differs(coding.system.as_deref(), from) || differs(asked.target_system, to) {
            return Vec::new();
        }
        let code = coding.code.as_str();
        let applies = |mapping: &&Mapping| match asked.reverse {
            true => mapping.target.as_deref() == Some(code),
            false => mapping.source == code && mapping.holds(asked.dependencies),
        };
        let found: Vec<Match> =
            group.mappings.iter().filter(applies).map(|one| one.said(map, to, asked.reverse)).collect();
        let is_mapped = group.mappings.iter().any(|mapping| mapping.source == code);
        match &group.unmapped {
            Some(unmapped) if !asked.reverse && !is_mapped => {
                self.unmapped(map, group, unmapped, coding, asked, passed)
            }
            _ => found,
        }
    }

    fn unmapped(
        &self,
        map: &ConceptMap,
        group: &Group,
        unmapped: &Unmapped,
        coding: &Coding,
        asked: &Translate<'_>,
        passed: &mut BTreeSet<String>,
    ) -> Vec<Match> {
        let said = |equivalence: &str, code: &str, display: Option<String>| Match {
            equivalence: equivalence.to_owned(),
            coding: Some(Coding {
                system: group.target.clone(),
                code: code.to_owned(),
                display,
                version: None,
            }),
            products: Vec::new(),
            map: map.url.clone(),
            comment: None,
        };
        match unmapped {
            Unmapped::Same => vec![said("equal", &coding.code, coding.display.clone())],
            Unmapped::Fixed { code, display } => vec![said("inexact", code, display.clone())],
            Unmapped::Elsewhere { url } if !passed.contains(url) => match self.concept_map(url) {
                Ok(other) => self.by_map(&Arc::clone(&other), coding, asked, passed),
                Err(_) => Vec::new(),
            },
            Unmapped::Elsewhere { .. } => Vec::new(),
        }
    }
}

impl Mapping {
    /// True if everything the mapping depends on is given.
    fn holds(&self, dependencies: &[(String, Coding)]) -> bool {
        self.depends_on.iter().all(|needed| {
            dependencies
                .iter()
                .any(|(property, coding)| *property == needed.property && coding.code == needed.coding.code)
        })
    }

    fn said(&self, map: &ConceptMap, system: &Option<String>, reverse: bool) -> Match {
        let (code, display) = match reverse {
            true => (Some(self.source.clone()), self.source_display.clone()),
            false => (self.target.clone(), self.target_display.clone()),
        };
        let coding = code.map(|code| Coding { system: system.clone(), code, display, version: None });
        let products = if reverse { &[][..] } else { &self.product };
        Match {
            equivalence: if reverse { reversed(&self.equivalence) } else { &self.equivalence }.to_owned(),
            coding,
            products: products.iter().map(|one| (one.property.clone(), one.coding.clone())).collect(),
            map: map.url.clone(),
            comment: self.comment.clone(),
        }
    }
}

/// The relation seen from the other end.
fn reversed(equivalence: &str) -> &str {
    match equivalence {
        "wider" => "narrower",
        "narrower" => "wider",
        "subsumes" => "specializes",
        "specializes" => "subsumes",
        other => other,
    }
}
