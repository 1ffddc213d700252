//! Codes and the value sets they are bound to (FHIR R4, 4.1.5).

use serde_json::Value;

use super::item::Item;
use super::model::{Binding, Strength};
use crate::fhir::outcome::Severity;
use crate::fhir::terminology::{Expand, Membership, Terminology};

/// A code as it stands in a resource.
struct Written<'a> {
    system: Option<&'a str>,
    code: &'a str,
    /// True for elements of the type `code`, whose system is that of the value set.
    is_bare: bool,
}

/// What is wrong with codes, or undecided about them.
pub(super) struct Doubt {
    pub(super) severity: Severity,
    pub(super) text: String,
}

/// The most codes that a message lists.
const LISTED_MAX: usize = 12;

/// Compares the codes of a value with a binding of `asker`.
pub(super) fn judge(
    terminology: &Terminology<'_>,
    binding: &Binding,
    item: &Item<'_>,
    asker: &str,
) -> Vec<Doubt> {
    let Some(codes) = written(item) else { return Vec::new() };
    let set = &binding.value_set;
    let mut doubts: Vec<Doubt> = codes.iter().filter_map(|code| unheard_of(terminology, code)).collect();
    match (binding.strength, codes.as_slice()) {
        (Strength::Weaker, _) => {}
        (Strength::Required, []) if !is_excused(item) => {
            let text =
                format!("{asker} requires a code of {set}, and there is none{}", some(terminology, set));
            doubts.push(Doubt { severity: Severity::Error, text });
        }
        (Strength::Required, codes) => {
            doubts.extend(member(terminology, set, codes, Severity::Error, asker));
        }
        (Strength::Extensible, codes) => {
            doubts.extend(member(terminology, set, codes, Severity::Warning, asker));
        }
    }
    if let Some(widest) = &binding.widest {
        doubts.extend(member(terminology, widest, &codes, Severity::Error, asker));
    }
    doubts
}

/// Whether a value has a code of the value set, as far as that can be known.
pub(super) fn is_member(terminology: &Terminology<'_>, set: &str, item: &Item<'_>) -> bool {
    let codes = written(item).unwrap_or_default();
    membership(terminology, set, &codes) == Membership::Member
}

/// The codes of a value; none where its type has no codes.
fn written<'a>(item: &Item<'a>) -> Option<Vec<Written<'a>>> {
    let coded = |value: &'a Value| {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        Some(Written { system: text("system"), code: text("code")?, is_bare: false })
    };
    let bare = |code| Written { system: None, code, is_bare: true };
    match item.kind {
        "CodeableConcept" => {
            let codings = item.json.get("coding").and_then(Value::as_array);
            Some(codings.into_iter().flatten().filter_map(coded).collect())
        }
        "Coding" | "Quantity" => Some(coded(item.json).into_iter().collect()),
        "code" | "string" | "uri" => Some(item.json.as_str().map(bare).into_iter().collect()),
        _ => None,
    }
}

/// An extension may say why there is no code.
fn is_excused(item: &Item<'_>) -> bool {
    item.beside.is_some() || item.json.get("extension").is_some()
}

/// A code that is of no complete system it names. A Coding's code must be one of its system (FHIR R4, 2.24.0.6), whatever
/// the binding says.
fn unheard_of(terminology: &Terminology<'_>, written: &Written<'_>) -> Option<Doubt> {
    let url = written.system?;
    let system = terminology.code_system(url).ok().filter(|system| system.complete)?;
    let text = format!("`{}` is no code of {url}; look for the right one there", written.code);
    system.concept(written.code).is_none().then_some(Doubt { severity: Severity::Error, text })
}

fn membership(terminology: &Terminology<'_>, set: &str, codes: &[Written<'_>]) -> Membership {
    let mut found = Membership::NotMember;
    for written in codes {
        // Outside the type `code`, a code without a system is of no system at all.
        if written.system.is_none() && !written.is_bare {
            continue;
        }
        match terminology.membership(set, written.system, written.code) {
            Membership::Member => return Membership::Member,
            Membership::NotMember => {}
            unknown @ Membership::Unknown(_) => found = unknown,
        }
    }
    found
}

fn member(
    terminology: &Terminology<'_>,
    set: &str,
    codes: &[Written<'_>],
    severity: Severity,
    asker: &str,
) -> Option<Doubt> {
    if codes.is_empty() {
        return None;
    }
    let shown: Vec<String> = codes.iter().map(Written::shown).collect();
    let shown = shown.join(", ");
    match membership(terminology, set, codes) {
        Membership::Member => None,
        Membership::NotMember => {
            let asks = match severity {
                Severity::Error => "requires",
                _ => "asks for unless nothing in it fits",
            };
            let text = format!("{shown} is not in {set}, which {asker} {asks}{}", some(terminology, set));
            Some(Doubt { severity, text })
        }
        Membership::Unknown(reason) => {
            let text = format!("not checked: whether {shown} is in {set}, because {reason}");
            Some(Doubt { severity: Severity::Information, text })
        }
    }
}

impl Written<'_> {
    fn shown(&self) -> String {
        match self.system {
            Some(system) => format!("`{}` of {system}", self.code),
            None => format!("`{}`", self.code),
        }
    }
}

/// Some codes to choose from, where the set can be listed.
fn some(terminology: &Terminology<'_>, set: &str) -> String {
    let asked = Expand { count: Some(LISTED_MAX), ..Expand::default() };
    let Ok(expansion) = terminology.expand(set, &asked) else { return String::new() };
    let codes: Vec<&str> = expansion.members.iter().map(|member| member.code.as_str()).collect();
    match (codes.is_empty(), codes.len() < LISTED_MAX && expansion.open.is_none()) {
        (true, _) => String::new(),
        (false, true) => format!("; choose one of {}", codes.join(", ")),
        (false, false) => format!("; among its codes are {}", codes.join(", ")),
    }
}
