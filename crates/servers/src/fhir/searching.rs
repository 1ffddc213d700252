//! What the CapabilityStatement says about searching, from the tables that searches are read by.

use serde_json::{Value, json};
use standards::fhir::definitions::Definitions;
use standards::fhir::search::{Parameters, SearchKind, SearchParameter, compartment};

/// Parameters of every search that no resource declares: name, kind, canonical address where there is one, and what is
/// to be known about them.
const EVERYWHERE: [(&str, &str, &str, &str); 4] = [
    (
        "_filter",
        "special",
        "http://hl7.org/fhir/SearchParameter/filter",
        "Operators eq ne co sw ew gt lt ge le ap sa eb pr ss sb in re, as the kind of the parameter allows; and, or, not, parentheses; paths follow references.",
    ),
    (
        "_has",
        "special",
        "",
        "Resources that others refer to, as in _has:Observation:patient:code; it may stand inside itself and at the end of a chain.",
    ),
    ("_list", "special", "", "What the List of an id holds."),
    ("_type", "special", "", "The types that a search of everything or of a compartment looks for."),
];

/// The modifiers that parameters take, kind by kind.
pub(super) fn modifiers() -> String {
    use SearchKind::{Composite, Date, Number, Quantity, Reference, String, Token, Uri};
    let kinds = [String, Token, Reference, Uri, Date, Number, Quantity, Composite];
    let of_kind = |kind: &SearchKind| Some(format!("{}: {}", kind.code(), kind.modifiers()?));
    let stated: Vec<_> = kinds.iter().filter_map(of_kind).collect();
    format!("Search modifiers by kind of parameter: {}.", stated.join("; "))
}

/// `rest.searchParam`: what is understood on every type.
pub(super) fn parameters() -> Value {
    let state = |(name, kind, definition, documentation): &(&str, &str, &str, &str)| {
        let mut stated = json!({"name": name, "type": kind, "documentation": documentation});
        if !definition.is_empty() {
            stated["definition"] = (*definition).into();
        }
        stated
    };
    let shared = Parameters::r4().of("Basic").iter().filter(|parameter| parameter.code.starts_with('_'));
    shared.map(parameter).chain(EVERYWHERE.iter().map(state)).collect()
}

/// `rest.compartment`: the definitions of the compartments that can be searched.
pub(super) fn compartments() -> Value {
    let address = |kind: &str| {
        let (initial, rest) = kind.split_at(1);
        format!("http://hl7.org/fhir/CompartmentDefinition/{}{rest}", initial.to_ascii_lowercase())
    };
    compartment::kinds().map(address).collect()
}

/// Adds to `rest.resource` what can be included and searched by.
pub(super) fn state(kind: &str, resource: &mut Value) {
    let parameters = Parameters::r4().of(kind);
    let includes: Vec<String> = references(parameters).map(|code| format!("{kind}:{code}")).collect();
    if !includes.is_empty() {
        let any = ["*".to_owned(), format!("{kind}:*")];
        resource["searchInclude"] = any.into_iter().chain(includes).collect();
    }
    let reverse = reverse_includes(kind);
    if !reverse.is_empty() {
        resource["searchRevInclude"] = reverse.into();
    }
    resource["searchParam"] = parameters.iter().map(parameter).collect();
}

fn parameter(parameter: &SearchParameter) -> Value {
    let mut stated = json!({"name": parameter.code, "type": parameter.kind.code()});
    if !parameter.url.is_empty() {
        stated["definition"] = parameter.url.as_str().into();
    }
    stated
}

fn references(parameters: &[SearchParameter]) -> impl Iterator<Item = &str> {
    parameters
        .iter()
        .filter(|parameter| parameter.kind == SearchKind::Reference)
        .map(|parameter| parameter.code.as_str())
}

/// The reference parameters of all types that may point to `kind`.
fn reverse_includes(kind: &str) -> Vec<String> {
    let mut includes = Vec::new();
    for source in Definitions::r4().resource_types() {
        for parameter in Parameters::r4().of(source) {
            let points_here = parameter.targets.iter().any(|target| target == kind);
            if parameter.kind == SearchKind::Reference && points_here {
                includes.push(format!("{source}:{}", parameter.code));
            }
        }
    }
    includes
}
