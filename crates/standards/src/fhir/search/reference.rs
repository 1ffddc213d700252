//! Reference strings taken apart.

/// What a stored reference or canonical address points to, without version and fragment: `Patient/1`
/// for `Patient/1/_history/2`, `http://x.example/q` for `http://x.example/q|1.0`.
///
/// `None` for contained resources (`#x`) and conditional references (`Patient?...`): they name no
/// resource that could be found.
pub(crate) fn target(reference: &str) -> Option<&str> {
    let whole = reference.split(['|', '#']).next().unwrap_or_default();
    let unversioned = match whole.rsplit_once("/_history/") {
        Some((resource, version)) if !version.contains('/') => resource,
        _ => whole,
    };
    let conditional = unversioned.contains('?') && !is_absolute(unversioned);
    (!unversioned.is_empty() && !conditional).then_some(unversioned)
}

/// The resource type that a target names, where its last parts are `Type/id`.
pub(crate) fn type_of(target: &str) -> Option<&str> {
    let (rest, id) = target.rsplit_once('/')?;
    let name = rest.rsplit('/').next()?;
    let named = name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    (named && is_id(id)).then_some(name)
}

/// Whether a reference carries its own scheme.
pub(crate) fn is_absolute(reference: &str) -> bool {
    reference.contains("://") || reference.starts_with("urn:")
}

/// Whether the text can be a logical id (FHIR R4, 2.24.0.1).
pub(crate) fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
}
