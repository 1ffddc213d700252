use super::filter::Filter;
use super::permissions::Permissions;
use super::resource::{Level, ResourceScope};
use super::set::{Scope, Scopes};

/// Words in a scope string at most; the rest is not looked at.
const WORDS_MAX: usize = 100;

impl Scopes {
    /// Reads a scope string: what it opens, and the words that mean nothing here. An unknown word is no error
    /// (RFC 6749, 3.3): it is left out, and the answer says what was granted.
    #[must_use]
    pub fn read(text: &str) -> (Self, Vec<String>) {
        let mut known = Vec::new();
        let mut unknown = Vec::new();
        for word in text.split_ascii_whitespace().take(WORDS_MAX) {
            match Scope::read(word) {
                Some(scope) => known.push(scope),
                None => unknown.push(word.to_owned()),
            }
        }
        (Self::new(known), unknown)
    }
}

impl Scope {
    /// Reads one word.
    #[must_use]
    pub fn read(word: &str) -> Option<Self> {
        Some(match word {
            "openid" => Self::OpenId,
            "fhirUser" => Self::FhirUser,
            "profile" => Self::Profile,
            "launch" => Self::Launch,
            "launch/patient" => Self::LaunchPatient,
            "launch/encounter" => Self::LaunchEncounter,
            "offline_access" => Self::OfflineAccess,
            "online_access" => Self::OnlineAccess,
            other => Self::Resource(ResourceScope::read(other)?),
        })
    }
}

impl ResourceScope {
    fn read(word: &str) -> Option<Self> {
        let (level, rest) = word.split_once('/')?;
        let level = match level {
            "patient" => Level::Patient,
            "user" => Level::User,
            "system" => Level::System,
            _ => return None,
        };
        let (rest, filter) = match rest.split_once('?') {
            Some((rest, filter)) => (rest, Filter::read(filter)?),
            None => (rest, Filter::default()),
        };
        let (kind, permissions) = rest.split_once('.')?;
        let is_type = kind.starts_with(|c: char| c.is_ascii_uppercase())
            && kind.len() <= 64
            && kind.chars().all(|c| c.is_ascii_alphabetic());
        let kind = match kind {
            // What a parameter means depends on the type, so a filter needs one.
            "*" if filter.is_empty() => None,
            kind if is_type => Some(kind.to_owned()),
            _ => return None,
        };
        Some(Self { level, kind, permissions: Permissions::read(permissions)?, filter })
    }
}
