//! Whether a code is right: in a system, in a value set, with its name (FHIR R4, `$validate-code`).

use super::code_system::CodeSystem;
use super::coding::Coding;
use super::error::TerminologyError;
use super::expand::display_in;
use super::library::Terminology;
use super::lookup::find;
use super::membership::Membership;
use super::value_set::ValueSet;

/// What was found about a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Validation {
    /// True if the code is right in every respect.
    pub result: bool,
    /// What is wrong, and what to try.
    pub message: Option<String>,
    /// The name the code should be shown with.
    pub display: Option<String>,
}

impl Terminology<'_> {
    /// Whether a value set has a code, and under the name given. Codes that only gather others are right only where
    /// `abstract_allowed`.
    ///
    /// # Errors
    /// [`TerminologyError::NotListable`] when it cannot be known here.
    pub fn validate_in_set(
        &self,
        set: &ValueSet,
        coding: &Coding,
        abstract_allowed: bool,
    ) -> Result<Validation, TerminologyError> {
        let named = format!(
            "{}`{}`",
            coding.system.iter().map(|url| format!("{url} ")).collect::<String>(),
            coding.code
        );
        match self.membership_in(set, coding.system.as_deref(), &coding.code) {
            Membership::Unknown(reason) => Err(TerminologyError::Invalid(format!(
                "whether {named} belongs to {} cannot be decided: {reason}",
                shown(set)
            ))),
            Membership::NotMember => Ok(Validation {
                result: false,
                message: Some(format!("{named} is not in {}", shown(set))),
                display: None,
            }),
            Membership::Member => {
                let systems = set.include.iter().filter_map(|part| part.system.as_deref());
                let url = coding.system.as_deref().or_else(|| self.system_with(systems, &coding.code));
                let system = url.and_then(|url| self.any_code_system(url));
                let display = url.and_then(|url| display_in(set, url, &coding.code, system.as_ref()));
                Ok(judged(system.as_deref(), coding, display, abstract_allowed))
            }
        }
    }

    /// Whether a code system has a code, and under the name given.
    ///
    /// # Errors
    /// [`TerminologyError::Undecided`] when the system is known in part only and the code is not in that part.
    pub fn validate_in_system(
        &self,
        system: &CodeSystem,
        coding: &Coding,
        abstract_allowed: bool,
    ) -> Result<Validation, TerminologyError> {
        match find(system, &coding.code) {
            Ok(concept) => Ok(judged(Some(system), coding, concept.display.clone(), abstract_allowed)),
            Err(error @ TerminologyError::UnknownCode { .. }) => {
                Ok(Validation { result: false, message: Some(error.to_string()), display: None })
            }
            Err(error) => Err(error),
        }
    }

    fn system_with<'b>(&self, mut systems: impl Iterator<Item = &'b str>, code: &str) -> Option<&'b str> {
        systems.find(|url| self.any_code_system(url).is_some_and(|system| system.concept(code).is_some()))
    }
}

/// The verdict on a code that exists.
fn judged(
    system: Option<&CodeSystem>,
    coding: &Coding,
    display: Option<String>,
    abstract_allowed: bool,
) -> Validation {
    let concept = system.and_then(|system| system.concept(&coding.code));
    let is_abstract = concept.is_some_and(|concept| concept.is_abstract());
    let message = if is_abstract && !abstract_allowed {
        Some(format!(
            "`{}` only gathers other codes and is not for use itself; choose one below it",
            coding.code
        ))
    } else {
        let given = coding.display.as_deref();
        let other = concept.and_then(|concept| concept.display.as_deref());
        let names = || display.as_deref().into_iter().chain(other);
        let designated = concept
            .into_iter()
            .flat_map(|concept| &concept.designations)
            .filter_map(|one| one["value"].as_str());
        let known: Vec<&str> = names().chain(designated).collect();
        given.filter(|given| !known.is_empty() && !known.iter().any(|name| alike(name, given))).map(|given| {
            format!(
                "`{}` is called \"{}\", not \"{given}\"",
                coding.code,
                display.as_deref().unwrap_or_default()
            )
        })
    };
    Validation { result: message.is_none(), message, display }
}

/// Names are the same whatever their case and spacing.
fn alike(a: &str, b: &str) -> bool {
    let words = |text: &str| text.to_lowercase().split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    words(a) == words(b)
}

fn shown(set: &ValueSet) -> String {
    if set.url.is_empty() { "the value set given".to_owned() } else { format!("the value set {}", set.url) }
}
