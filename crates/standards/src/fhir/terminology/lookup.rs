//! What is known of a code (FHIR R4, 4.8.15, `$lookup`) and how codes relate (`$subsumes`).

use std::sync::Arc;

use super::code_system::{CodeSystem, Concept};
use super::error::TerminologyError;
use super::terminology::Terminology;

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

    /// How two codes of a system relate.
    ///
    /// # Errors
    /// Like [`Terminology::lookup`], and when the system's order does not say what is a kind of what.
    pub fn subsumes(&self, system: &str, a: &str, b: &str) -> Result<Subsumption, TerminologyError> {
        let system = self.code_system(system)?;
        let (a, b) = (&find(&system, a)?.code, &find(&system, b)?.code);
        if a == b {
            return Ok(Subsumption::Equivalent);
        }
        if !system.subsumes {
            return Err(TerminologyError::Invalid(format!(
                "the order of {} gathers or divides codes; it does not say that one is a kind of another",
                system.url
            )));
        }
        Ok(match (system.is_above(a, b), system.is_above(b, a)) {
            (true, false) => Subsumption::Subsumes,
            (false, true) => Subsumption::SubsumedBy,
            (false, false) if !system.complete => return Err(undecided(&system, b)),
            (false, false) => Subsumption::NotSubsumed,
            (true, true) => {
                return Err(TerminologyError::Invalid(format!(
                    "in {} the codes `{a}` and `{b}` are above each other",
                    system.url
                )));
            }
        })
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
