//! Listing a value set (FHIR R4, 4.9.14, `$expand`).

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::code_system::CodeSystem;
use super::error::TerminologyError;
use super::library::Terminology;
use super::membership::{Membership, Walk};
use super::source::Kind;
use super::value_set::{Part, ValueSet};

/// Which part of a value set to list.
#[derive(Debug, Clone, Default)]
pub struct Expand<'a> {
    /// Only codes whose code or display contains every word of this text, whatever its case.
    pub filter: Option<&'a str>,
    /// How many to pass over.
    pub offset: usize,
    /// At most so many; all of them when absent, where they are not too many.
    pub count: Option<usize>,
    /// Leave out codes that are no longer for use.
    pub active_only: bool,
    /// Leave out codes that only gather others.
    pub selectable_only: bool,
}

/// A value set, listed.
#[derive(Debug, Clone, PartialEq)]
pub struct Expansion {
    /// How many codes there are on all pages.
    pub total: usize,
    /// The codes of this page.
    pub members: Vec<Member>,
    /// Why there may be more codes than are known here; nothing if the list is complete.
    pub open: Option<String>,
    /// Canonical URLs, with version where known, of the code systems the list was made from.
    pub systems: Vec<String>,
}

/// A code of a value set.
#[derive(Debug, Clone, PartialEq)]
pub struct Member {
    /// Canonical URL of its system.
    pub system: String,
    /// The code.
    pub code: String,
    /// Its name: the value set's own for it, or the system's.
    pub display: Option<String>,
    /// True if it only gathers others.
    pub is_abstract: bool,
    /// True if it is no longer for use.
    pub is_inactive: bool,
    /// Other names, as FHIR writes them.
    pub designations: Vec<Value>,
}

/// What a listing has gathered so far.
#[derive(Default)]
struct Gathered {
    members: Vec<Member>,
    seen: BTreeSet<(String, String)>,
    open: Option<String>,
    systems: BTreeSet<String>,
}

impl Terminology<'_> {
    /// Lists the value set of this canonical URL.
    ///
    /// # Errors
    /// [`TerminologyError`] when it is not known in the version named, when no code of it can be listed, or when the
    /// list is over a limit.
    pub fn expand(&self, url: &str, asked: &Expand<'_>) -> Result<Expansion, TerminologyError> {
        self.expand_set(&*self.value_set(url)?, asked)
    }

    /// Lists a value set that is at hand.
    ///
    /// # Errors
    /// Like [`Terminology::expand`].
    pub fn expand_set(&self, set: &ValueSet, asked: &Expand<'_>) -> Result<Expansion, TerminologyError> {
        let words = self.words(asked.filter.unwrap_or_default())?;
        let steps_left = Cell::new(self.limits.steps_max);
        let walk = Walk::start(set, &steps_left);
        let mut gathered = Gathered::default();
        self.gather(&walk, set, &mut gathered)?;
        if let (true, Some(reason)) = (gathered.members.is_empty(), &gathered.open) {
            return Err(TerminologyError::NotListable { reason: reason.clone() });
        }
        let mut members = gathered.members;
        members.retain(|member| member.is_asked(asked, &words));
        let total = members.len();
        let count = self.page(total, asked.count)?;
        let members = members.into_iter().skip(asked.offset).take(count).collect();
        Ok(Expansion { total, members, open: gathered.open, systems: gathered.systems.into_iter().collect() })
    }

    fn words(&self, filter: &str) -> Result<Vec<String>, TerminologyError> {
        let limit = self.limits.filter_characters_max;
        match filter.chars().count() <= limit {
            true => Ok(filter.to_lowercase().split_whitespace().map(str::to_owned).collect()),
            false => Err(TerminologyError::TooCostly(format!(
                "the filter is longer than {limit} characters; shorten it"
            ))),
        }
    }

    fn page(&self, total: usize, count: Option<usize>) -> Result<usize, TerminologyError> {
        let limit = self.limits.members_max;
        match count {
            Some(count) => Ok(count.min(limit)),
            None if total <= limit => Ok(limit),
            None => Err(TerminologyError::TooCostly(format!(
                "the value set has {total} codes, more than the {limit} listed at once; ask for a page with `count` and `offset`, or for fewer with `filter`"
            ))),
        }
    }

    /// Adds the members of the set the walk stands at.
    fn gather(
        &self,
        walk: &Walk<'_>,
        set: &ValueSet,
        gathered: &mut Gathered,
    ) -> Result<(), TerminologyError> {
        for part in &set.include {
            for member in self.candidates(walk, part, gathered)? {
                if !walk.step(1) {
                    return Err(too_much());
                }
                let key = (member.system.clone(), member.code.clone());
                if gathered.seen.contains(&key) {
                    continue;
                }
                match self.in_set(walk, Some(&member.system), &member.code) {
                    Membership::Member => {
                        gathered.seen.insert(key);
                        gathered.members.push(member);
                    }
                    Membership::NotMember => {}
                    Membership::Unknown(reason) => gathered.open = gathered.open.take().or(Some(reason)),
                }
            }
        }
        Ok(())
    }

    /// The codes that a part may include; all of those it does are among them unless the listing is marked as open.
    fn candidates(
        &self,
        walk: &Walk<'_>,
        part: &Part,
        gathered: &mut Gathered,
    ) -> Result<Vec<Member>, TerminologyError> {
        let Some(url) = &part.system else { return self.imported(walk, part, gathered) };
        let system = self.system_of(part);
        gathered.systems.insert(match system.as_ref().and_then(|system| system.version.as_ref()) {
            Some(version) => format!("{url}|{version}"),
            None => url.clone(),
        });
        if let Some(listed) = &part.concepts {
            return Ok(listed
                .iter()
                .map(|one| Member::new(url, &one.code, part, system.as_deref()))
                .collect());
        }
        let Some(system) = system else {
            let missing = TerminologyError::UnknownResource { kind: Kind::CodeSystem, url: url.clone() };
            gathered.open = gathered.open.take().or(Some(missing.to_string()));
            return Ok(Vec::new());
        };
        if !system.complete {
            let reason = format!("only a part of the code system {url} is known here");
            gathered.open = gathered.open.take().or(Some(reason));
            if !part.filters.is_empty() {
                return Ok(Vec::new());
            }
        }
        let codes = system.concepts().iter();
        Ok(codes.map(|concept| Member::new(url, &concept.code, part, Some(&system))).collect())
    }

    /// The members of the first value set that a part without a system imports; the others only narrow it.
    fn imported(
        &self,
        walk: &Walk<'_>,
        part: &Part,
        gathered: &mut Gathered,
    ) -> Result<Vec<Member>, TerminologyError> {
        let Some(url) = part.value_sets.first() else { return Ok(Vec::new()) };
        if !walk.step(1) {
            return Err(too_much());
        }
        match self.import(walk, url) {
            Ok(set) => {
                let mut inner = Gathered::default();
                self.gather(&walk.into(&set), &set, &mut inner)?;
                gathered.open = gathered.open.take().or(inner.open);
                gathered.systems.extend(inner.systems);
                Ok(inner.members)
            }
            Err(error @ (TerminologyError::Invalid(_) | TerminologyError::TooCostly(_))) => Err(error),
            Err(error) => {
                gathered.open = gathered.open.take().or(Some(error.to_string()));
                Ok(Vec::new())
            }
        }
    }
}

fn too_much() -> TerminologyError {
    TerminologyError::TooCostly("listing the value set takes too long; make it smaller".to_owned())
}

impl Member {
    fn new(url: &str, code: &str, part: &Part, system: Option<&CodeSystem>) -> Member {
        let concept = system.and_then(|system| system.concept(code));
        let listed = part.listed(code, system);
        let own = listed.and_then(|listed| listed.display.clone());
        let designations = listed.into_iter().flat_map(|listed| &listed.designations);
        Member {
            system: url.to_owned(),
            code: concept.map_or(code, |concept| &concept.code).to_owned(),
            display: own.or_else(|| concept?.display.clone()),
            is_abstract: concept.is_some_and(|concept| concept.is_abstract()),
            is_inactive: concept.is_some_and(|concept| concept.is_inactive()),
            designations: designations
                .chain(concept.into_iter().flat_map(|concept| &concept.designations))
                .cloned()
                .collect(),
        }
    }

    fn is_asked(&self, asked: &Expand<'_>, words: &[String]) -> bool {
        let passed_over =
            (asked.active_only && self.is_inactive) || (asked.selectable_only && self.is_abstract);
        let text = format!("{} {}", self.code, self.display.as_deref().unwrap_or_default()).to_lowercase();
        !passed_over && words.iter().all(|word| text.contains(word))
    }
}

/// The display of a code in a value set and its system: the set's own, then the system's.
pub(super) fn display_in(
    set: &ValueSet,
    url: &str,
    code: &str,
    system: Option<&Arc<CodeSystem>>,
) -> Option<String> {
    let parts = set.include.iter().filter(|part| part.system.as_deref() == Some(url));
    let own = parts.filter_map(|part| part.listed(code, system.map(Arc::as_ref))?.display.clone()).next();
    own.or_else(|| system?.concept(code)?.display.clone())
}
