//! Whether a code belongs to a value set, where that can be known.

use std::cell::Cell;
use std::sync::Arc;

use super::code_system::CodeSystem;
use super::error::TerminologyError;
use super::library::Terminology;
use super::source::Kind;
use super::value_set::{Part, ValueSet};

/// Whether a code belongs to a value set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Membership {
    /// It does.
    Member,
    /// It does not.
    NotMember,
    /// It cannot be known here; the text says what is missing.
    Unknown(String),
}

impl Membership {
    fn of(is_member: bool) -> Membership {
        if is_member { Membership::Member } else { Membership::NotMember }
    }

    /// A member of both: no as soon as one says no.
    fn and(self, other: impl FnOnce() -> Membership) -> Membership {
        match self {
            Membership::NotMember => Membership::NotMember,
            Membership::Member => other(),
            Membership::Unknown(reason) => match other() {
                Membership::NotMember => Membership::NotMember,
                Membership::Member | Membership::Unknown(_) => Membership::Unknown(reason),
            },
        }
    }

    /// A member of either: yes as soon as one says yes.
    fn or(self, other: impl FnOnce() -> Membership) -> Membership {
        self.not().and(|| other().not()).not()
    }

    fn not(self) -> Membership {
        match self {
            Membership::Member => Membership::NotMember,
            Membership::NotMember => Membership::Member,
            Membership::Unknown(reason) => Membership::Unknown(reason),
        }
    }
}

/// Where a walk through value sets is, and how much work is left.
pub(super) struct Walk<'a> {
    set: &'a ValueSet,
    above: Option<&'a Walk<'a>>,
    depth: usize,
    steps_left: &'a Cell<usize>,
}

impl<'a> Walk<'a> {
    pub(super) fn start(set: &'a ValueSet, steps_left: &'a Cell<usize>) -> Walk<'a> {
        Walk { set, above: None, depth: 0, steps_left }
    }

    pub(super) fn into<'b>(&'b self, set: &'b ValueSet) -> Walk<'b> {
        Walk { set, above: Some(self), depth: self.depth + 1, steps_left: self.steps_left }
    }

    /// True if the walk is inside this set already.
    pub(super) fn is_within(&self, set: &ValueSet) -> bool {
        std::ptr::eq(self.set, set) || self.above.is_some_and(|above| above.is_within(set))
    }

    /// Takes a number of steps; false when not so many are left.
    pub(super) fn step(&self, steps: usize) -> bool {
        let left = self.steps_left.get();
        self.steps_left.set(left.saturating_sub(steps));
        left >= steps
    }

    pub(super) fn depth(&self) -> usize {
        self.depth
    }
}

/// A filter may look at every concept of a system; looking at so many counts as one step.
const CONCEPTS_PER_STEP: usize = 64;

impl Terminology<'_> {
    /// Whether a code belongs to the value set of this canonical URL. Without a system, as for elements of type `code`,
    /// a code of any of the set's systems belongs. A version in the URL is a preference: another one is used where that
    /// one is not known.
    pub fn membership(&self, value_set: &str, system: Option<&str>, code: &str) -> Membership {
        match self.any_value_set(value_set) {
            Some(set) => self.membership_in(&set, system, code),
            None => Membership::Unknown(unknown(Kind::ValueSet, value_set)),
        }
    }

    /// Whether a code belongs to a value set that is at hand.
    pub fn membership_in(&self, set: &ValueSet, system: Option<&str>, code: &str) -> Membership {
        let steps_left = Cell::new(self.limits.steps_max);
        self.in_set(&Walk::start(set, &steps_left), system, code)
    }

    /// Whether a code belongs to the set the walk stands at.
    pub(super) fn in_set(&self, walk: &Walk<'_>, system: Option<&str>, code: &str) -> Membership {
        let any = |parts: &[Part]| {
            let mut belongs = Membership::NotMember;
            for part in parts {
                belongs = belongs.or(|| self.in_part(walk, part, system, code));
                if belongs == Membership::Member {
                    break;
                }
            }
            belongs
        };
        any(&walk.set.include).and(|| any(&walk.set.exclude).not())
    }

    fn in_part(&self, walk: &Walk<'_>, part: &Part, system: Option<&str>, code: &str) -> Membership {
        if !walk.step(1) {
            return Membership::Unknown("deciding it takes too long".to_owned());
        }
        let mut belongs = match &part.system {
            Some(own) if system.is_none_or(|system| system == own) => self.in_system(walk, part, own, code),
            Some(_) => Membership::NotMember,
            None => Membership::of(!part.value_sets.is_empty()),
        };
        // A code without a system stands for that of this part.
        let system = part.system.as_deref().or(system);
        for url in &part.value_sets {
            belongs = belongs.and(|| self.in_import(walk, url, system, code));
        }
        belongs
    }

    /// Whether the code is one that the part takes from its system.
    fn in_system(&self, walk: &Walk<'_>, part: &Part, url: &str, code: &str) -> Membership {
        let system = self.system_of(part);
        if part.concepts.is_some() {
            let is_listed = part.listed(code, system.as_deref()).is_some();
            let is_inactive = || system.as_ref().and_then(|system| Some(system.concept(code)?.is_inactive()));
            return Membership::of(is_listed && !(walk.set.active_only && is_inactive() == Some(true)));
        }
        let Some(system) = system else { return Membership::Unknown(unknown(Kind::CodeSystem, url)) };
        let Some(concept) = system.concept(code) else {
            return match system.complete {
                true => Membership::NotMember,
                false => Membership::Unknown(format!("only a part of the code system {url} is known here")),
            };
        };
        let mut belongs = Membership::of(!(walk.set.active_only && concept.is_inactive()));
        if !part.filters.is_empty() && !system.complete {
            // What is known of a fragment is too little for conditions to hold or fail.
            let reason = format!("the order of the code system {url} is not known here");
            return belongs.and(|| Membership::Unknown(reason));
        }
        for filter in &part.filters {
            if !walk.step(1 + system.concepts().len() / CONCEPTS_PER_STEP) {
                return Membership::Unknown("deciding it takes too long".to_owned());
            }
            belongs = belongs.and(|| match filter.accepts(&system, concept) {
                Some(accepts) => Membership::of(accepts),
                None => Membership::Unknown(format!("the filter `{filter}` is not understood here")),
            });
        }
        belongs
    }

    fn in_import(&self, walk: &Walk<'_>, url: &str, system: Option<&str>, code: &str) -> Membership {
        match self.import(walk, url) {
            Ok(set) => self.in_set(&walk.into(&set), system, code),
            Err(error) => Membership::Unknown(error.to_string()),
        }
    }

    /// The code system a part takes its codes from.
    pub(super) fn system_of(&self, part: &Part) -> Option<Arc<CodeSystem>> {
        self.any_code_system(part.canonical.as_deref()?)
    }

    /// The value set that the one the walk stands at imports.
    pub(super) fn import(&self, walk: &Walk<'_>, url: &str) -> Result<Arc<ValueSet>, TerminologyError> {
        let Some(set) = self.any_value_set(url) else {
            return Err(TerminologyError::UnknownResource { kind: Kind::ValueSet, url: url.to_owned() });
        };
        if walk.is_within(&set) {
            return Err(TerminologyError::Invalid(format!(
                "the value set {url} imports itself, directly or through others"
            )));
        }
        match walk.depth() < self.limits.imports_max {
            true => Ok(set),
            false => Err(TerminologyError::TooCostly(format!(
                "more than {} value sets import each other in a chain",
                self.limits.imports_max
            ))),
        }
    }
}

fn unknown(kind: Kind, url: &str) -> String {
    TerminologyError::UnknownResource { kind, url: url.to_owned() }.to_string()
}
