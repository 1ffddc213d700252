use super::table::parameters;
use crate::fhir::search::kind::SearchKind;
use crate::fhir::search::parameter::Parameters;
use crate::fhir::search::query::{Condition, Criterion, Link, Match};

/// What must hold of a resource of a type to be in the compartment of this type and id; `None` for one that never is.
///
/// References under `base_url` count as local ones. What the compartment is of is in it.
#[must_use]
pub fn condition([kind, id]: [&str; 2], resource_type: &str, base_url: &str) -> Option<Condition> {
    let codes = parameters(kind, resource_type)?;
    let known = codes.iter().filter_map(|code| Parameters::r4().find(resource_type, code));
    let refers = known.map(|parameter| {
        Condition::Value(Criterion {
            code: parameter.code.clone(),
            key: parameter.key,
            kind: SearchKind::Reference,
            modifier: None,
            any: vec![Match::Reference { targets: Link::forms_under(base_url, kind, id).collect() }],
        })
    });
    let itself = (kind == resource_type).then(|| itself(resource_type, id)).flatten();
    Some(Condition::Any(refers.chain(itself).collect()))
}

fn itself(resource_type: &str, id: &str) -> Option<Condition> {
    let parameter = Parameters::r4().find(resource_type, "_id")?;
    Some(Condition::Value(Criterion {
        code: parameter.code.clone(),
        key: parameter.key,
        kind: SearchKind::Id,
        modifier: None,
        any: vec![Match::Id { id: id.to_owned() }],
    }))
}
