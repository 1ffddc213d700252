use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::permissions::Permissions;
use super::resource::{Level, ResourceScope};

/// One word of a scope string.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// `openid`: an ID token.
    OpenId,
    /// `fhirUser`: who signed in, as a resource.
    FhirUser,
    /// `profile`: the older word for it.
    Profile,
    /// `launch`: the context of the chart the app is opened from.
    Launch,
    /// `launch/patient`: a patient in context.
    LaunchPatient,
    /// `launch/encounter`: an encounter in context.
    LaunchEncounter,
    /// `offline_access`: a refresh token that outlives the session.
    OfflineAccess,
    /// `online_access`: a refresh token for as long as the person is there.
    OnlineAccess,
    /// Resources.
    Resource(ResourceScope),
}

/// What scopes amount to together, in one normal form: two that open the same are written the same, save for overlaps
/// that no rule sees through.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Scopes(Vec<Scope>);

impl Scopes {
    /// The normal form: permissions on the same resources together, and nothing that another holds already.
    #[must_use]
    pub fn new(scopes: impl IntoIterator<Item = Scope>) -> Self {
        let mut plain = Vec::new();
        let mut together: BTreeMap<ResourceScope, Permissions> = BTreeMap::new();
        for scope in scopes {
            match scope {
                Scope::Resource(scope) => {
                    let key = ResourceScope { permissions: Permissions::default(), ..scope.clone() };
                    let permissions = together.entry(key).or_default();
                    *permissions = *permissions | scope.permissions;
                }
                other => plain.push(other),
            }
        }
        let resources: Vec<ResourceScope> =
            together.into_iter().map(|(scope, permissions)| ResourceScope { permissions, ..scope }).collect();
        // Of two that contain each other the first stays.
        let is_spare = |at: usize| {
            let own = &resources[at];
            let held_by = |(other_at, other): (usize, &ResourceScope)| {
                other_at != at && other.contains(own) && (other_at < at || !own.contains(other))
            };
            resources.iter().enumerate().any(held_by)
        };
        let kept = (0..resources.len()).filter(|at| !is_spare(*at));
        let mut all: Vec<Scope> = kept.map(|at| Scope::Resource(resources[at].clone())).collect();
        all.extend(plain);
        all.sort();
        all.dedup();
        Self(all)
    }

    /// The scopes, in order.
    #[must_use]
    pub fn as_slice(&self) -> &[Scope] {
        &self.0
    }

    /// Those on resources.
    pub fn resources(&self) -> impl Iterator<Item = &ResourceScope> {
        self.0.iter().filter_map(|scope| match scope {
            Scope::Resource(scope) => Some(scope),
            _ => None,
        })
    }

    /// Whether this word stands in it.
    #[must_use]
    pub fn has(&self, scope: &Scope) -> bool {
        self.0.contains(scope)
    }

    /// Whether there is a scope on this level.
    #[must_use]
    pub fn has_level(&self, level: Level) -> bool {
        self.resources().any(|scope| scope.level == level)
    }

    /// Whether nothing is opened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether everything that `other` opens is opened here: each permission of each scope by one of these.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other.0.iter().all(|scope| match scope {
            Scope::Resource(scope) => scope.permissions.each().all(|permissions| {
                let one = ResourceScope { permissions, ..scope.clone() };
                self.resources().any(|own| own.contains(&one))
            }),
            other => self.0.contains(other),
        })
    }

    /// What both open.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        let plain =
            self.0.iter().filter(|scope| !matches!(scope, Scope::Resource(_)) && other.0.contains(scope));
        let pairs = self.resources().flat_map(|own| other.resources().filter_map(|theirs| own.meet(theirs)));
        Self::new(plain.cloned().chain(pairs.map(Scope::Resource)))
    }

    /// The same where nobody looks for whose patient it is: what was open for the patient in context is open for every patient.
    #[must_use]
    pub fn for_every_patient(&self) -> Self {
        Self::new(self.0.iter().cloned().map(|scope| match scope {
            Scope::Resource(own) if own.level == Level::Patient => {
                Scope::Resource(ResourceScope { level: Level::User, ..own })
            }
            other => other,
        }))
    }

    /// Those that `keep` wants.
    #[must_use]
    pub fn only(&self, keep: impl Fn(&Scope) -> bool) -> Self {
        Self(self.0.iter().filter(|scope| keep(scope)).cloned().collect())
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OpenId => "openid",
            Self::FhirUser => "fhirUser",
            Self::Profile => "profile",
            Self::Launch => "launch",
            Self::LaunchPatient => "launch/patient",
            Self::LaunchEncounter => "launch/encounter",
            Self::OfflineAccess => "offline_access",
            Self::OnlineAccess => "online_access",
            Self::Resource(scope) => return scope.fmt(f),
        })
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().map(Scope::to_string).collect::<Vec<_>>().join(" ").fmt(f)
    }
}

impl From<Scopes> for String {
    fn from(scopes: Scopes) -> Self {
        scopes.to_string()
    }
}

impl From<String> for Scopes {
    /// Reads what this crate wrote, or a client; words that mean nothing here open nothing and fall away.
    fn from(text: String) -> Self {
        Self::read(&text).0
    }
}
