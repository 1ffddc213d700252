//! What is known of a code (FHIR R4, 4.8.15, `$lookup`) and how codes relate (`$subsumes`).

use std::sync::Arc;

use super::code_system::{CodeSystem, Concept};
use super::error::TerminologyError;
use super::library::Terminology;

/// A code in its system.
#[derive(Debug, Clone)]
pub struct Found {
    /// The code system.
    pub system: Arc<CodeSystem>,
    /// The code with its meaning.
    pub concept: Concept,
}

/// How two codes of a system relate (value set `concept-subsumption-outcome`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subsumption {
    /// They are the same.
    Equivalent,
    /// The first is above the second.
    Subsumes,
    /// The first is below the second.
    SubsumedBy,
    /// Neither is above the other.
    NotSubsumed,
}

impl Subsumption {
    /// The code used on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Subsumption::Equivalent => "equivalent",
            Subsumption::Subsumes => "subsumes",
            Subsumption::SubsumedBy => "subsumed-by",
            Subsumption::NotSubsumed => "not-subsumed",
        }
    }
}

impl CodeSystem {
    /// How two codes relate.
    ///
    /// # Errors
    /// [`TerminologyError`] when the system does not have one of them, is known in part only and the order of the two is
    /// not in that part, or has an order that does not say what is a kind of what.
    pub fn relate(&self, a: &str, b: &str) -> Result<Subsumption, TerminologyError> {
        let (a, b) = (&find(self, a)?.code, &find(self, b)?.code);
        if a == b {
            return Ok(Subsumption::Equivalent);
        }
        if !self.subsumes {
            return Err(TerminologyError::Invalid(format!(
                "the order of {} gathers or divides codes; it does not say that one is a kind of another",
                self.url
            )));
        }
        match (self.is_above(a, b), self.is_above(b, a)) {
            (true, false) => Ok(Subsumption::Subsumes),
            (false, true) => Ok(Subsumption::SubsumedBy),
            (false, false) if self.complete => Ok(Subsumption::NotSubsumed),
            (false, false) => Err(TerminologyError::Invalid(format!(
                "how `{a}` and `{b}` relate cannot be told: only a part of {} is known here",
                self.url
            ))),
            (true, true) => Err(TerminologyError::Invalid(format!(
                "in {} the codes `{a}` and `{b}` are above each other",
                self.url
            ))),
        }
    }
}

impl Terminology<'_> {
    /// A code of the code system of this canonical URL.
    ///
    /// # Errors
    /// [`TerminologyError`] when the system is not known in the version named, does not have the code, or is known in
    /// part only and the code is not in that part.
    pub fn lookup(&self, system: &str, code: &str) -> Result<Found, TerminologyError> {
        let system = self.code_system(system)?;
        let concept = find(&system, code)?.clone();
        Ok(Found { system, concept })
    }

    /// How two codes of the system of this canonical URL relate.
    ///
    /// # Errors
    /// Like [`Terminology::lookup`], and those of [`CodeSystem::relate`].
    pub fn subsumes(&self, system: &str, a: &str, b: &str) -> Result<Subsumption, TerminologyError> {
        self.code_system(system)?.relate(a, b)
    }

    /// The codes above one, at any distance.
    ///
    /// # Errors
    /// Like [`Terminology::lookup`].
    pub fn ancestors(&self, system: &str, code: &str) -> Result<Vec<String>, TerminologyError> {
        let system = self.code_system(system)?;
        find(&system, code)?;
        Ok(codes(system.ancestors(code)))
    }

    /// The codes below one, at any distance.
    ///
    /// # Errors
    /// Like [`Terminology::lookup`].
    pub fn descendants(&self, system: &str, code: &str) -> Result<Vec<String>, TerminologyError> {
        let system = self.code_system(system)?;
        find(&system, code)?;
        Ok(codes(system.descendants(code)))
    }
}

pub(super) fn find<'a>(system: &'a CodeSystem, code: &str) -> Result<&'a Concept, TerminologyError> {
    let missing = || match system.complete {
        true => TerminologyError::UnknownCode { system: system.url.clone(), code: code.to_owned() },
        false => undecided(system, code),
    };
    system.concept(code).ok_or_else(missing)
}

fn undecided(system: &CodeSystem, code: &str) -> TerminologyError {
    TerminologyError::Undecided { system: system.url.clone(), code: code.to_owned() }
}

fn codes(concepts: Vec<&Concept>) -> Vec<String> {
    concepts.into_iter().map(|concept| concept.code.clone()).collect()
}
