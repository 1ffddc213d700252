use crate::fhir::definitions::Definitions;

/// One step on the way to a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Into an element. Elements that repeat are told apart by `slot`, which is no position.
    Element {
        /// Its JSON name.
        name: String,
        /// Which one.
        slot: u32,
    },
    /// Over a reference into another resource.
    Resource {
        /// Its type.
        kind: String,
    },
}

/// Reads a place such as `participant[1].individual(Practitioner.name)`; nothing where it is not written so.
pub(super) fn read(text: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['.', '[', '(']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        let (slot, after) = slot(after)?;
        steps.push(Step::Element { name: name.to_owned(), slot });
        if let Some(inner) = after.strip_prefix('(') {
            // Some rows forget to close what they opened.
            let inner = inner.trim_end_matches(')');
            let opened = inner.matches('(').count();
            let (kind, place) = inner.split_once('.').unwrap_or((inner, ""));
            if kind.is_empty() || !kind.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                return None;
            }
            // Some rows write the type of an element as if it were referred to.
            if Definitions::r4().is_resource(kind) {
                steps.push(Step::Resource { kind: kind.to_owned() });
            }
            steps.extend(read(&format!("{place}{}", ")".repeat(opened)))?);
            return Some(steps);
        }
        rest = match after.strip_prefix('.') {
            Some(more) => more,
            None if after.is_empty() => "",
            None => return None,
        };
    }
    (!steps.is_empty() || text.is_empty()).then_some(steps)
}

fn slot(after: &str) -> Option<(u32, &str)> {
    let Some(inner) = after.strip_prefix('[') else { return Some((1, after)) };
    let (number, rest) = inner.split_once(']')?;
    Some((number.parse().ok()?, rest))
}
