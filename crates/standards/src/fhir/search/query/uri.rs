//! Paths below and above a URI (FHIR R4, 3.1.1.4.13).

use super::wanted::Match;

/// The URI and all below it. A path ends at a slash: `http://a.example/x` has `http://a.example/x/y` below it and not
/// `http://a.example/xy`.
pub(super) fn below(uri: &str) -> Match {
    Match::UriBelow { value: uri.trim_end_matches('/').to_owned() }
}

/// The URI and all that it lies below, each with and without a slash at its end. A URN lies below none.
pub(super) fn above(uri: &str) -> Vec<Match> {
    let mut whole = uri.trim_end_matches('/');
    let mut found = vec![Match::Uri { value: uri.to_owned() }];
    let mut add = |value: String| {
        let wanted = Match::Uri { value };
        if !found.contains(&wanted) {
            found.push(wanted);
        }
    };
    loop {
        add(whole.to_owned());
        if !uri.starts_with("urn:") {
            add(format!("{whole}/"));
        }
        match whole.rsplit_once('/') {
            Some((parent, _)) if !parent.is_empty() && !parent.ends_with('/') => whole = parent,
            _ => return found,
        }
    }
}
