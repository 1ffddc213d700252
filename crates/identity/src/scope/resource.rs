use std::fmt;

use super::filter::Filter;
use super::permissions::Permissions;

/// On whose behalf a scope opens records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Those of the one patient in context.
    Patient,
    /// Those that the person who signed in may see.
    User,
    /// Those the client itself was given, with nobody present.
    System,
}

/// A scope on resources: `patient/Observation.rs?category=laboratory`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResourceScope {
    /// On whose behalf.
    pub level: Level,
    /// The resource type; all types when absent.
    pub kind: Option<String>,
    /// Which interactions.
    pub permissions: Permissions,
    /// Which resources of the type.
    pub filter: Filter,
}

impl Level {
    /// As it is written.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Patient => "patient",
            Self::User => "user",
            Self::System => "system",
        }
    }
}

impl ResourceScope {
    /// Whether it is about resources of this type.
    #[must_use]
    pub fn is_about(&self, kind: &str) -> bool {
        self.kind.as_deref().is_none_or(|own| own == kind)
    }

    /// Whether everything that `other` opens is opened by this alone.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.level == other.level
            && (self.kind.is_none() || self.kind == other.kind)
            && self.permissions.contains(other.permissions)
            && self.filter.contains(&other.filter)
    }

    /// What both open, if anything.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Option<Self> {
        let kind = match (&self.kind, &other.kind) {
            (Some(own), Some(theirs)) if own != theirs => return None,
            (own, theirs) => own.clone().or_else(|| theirs.clone()),
        };
        let permissions = self.permissions & other.permissions;
        (self.level == other.level && !permissions.is_empty()).then(|| Self {
            level: self.level,
            kind,
            permissions,
            filter: self.filter.meet(&other.filter),
        })
    }
}

impl fmt::Display for ResourceScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind.as_deref().unwrap_or("*");
        write!(f, "{}/{kind}.{}{}", self.level.word(), self.permissions, self.filter)
    }
}
