//! What may hold of a resource: a value of its own, or something about resources it is linked with.

use super::model::Criterion;
use crate::fhir::search::ParamKey;

/// Something that holds of a resource, or does not.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// The resource has a value like this.
    Value(Criterion),
    /// It refers to a resource of which something holds: a chain (FHIR R4, 3.1.1.4.17).
    RefersTo(Link),
    /// A resource of which something holds refers to it: `_has` (FHIR R4, 3.1.1.4.18).
    ReferredBy(Link),
    /// All of these hold.
    All(Vec<Self>),
    /// Any of these holds.
    Any(Vec<Self>),
    /// This does not hold.
    Not(Box<Self>),
}

/// A reference between a resource and another.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The reference parameter's name, on the type that holds the reference.
    pub code: String,
    /// The reference parameter's key in the index.
    pub key: ParamKey,
    /// The type of the other resource.
    pub other_type: String,
    /// The service base, under which references may be absolute; empty for none.
    pub base_url: String,
    /// What holds of the other resource.
    pub condition: Box<Condition>,
}

impl Condition {
    /// Every criterion in it, those about linked resources included.
    pub fn criteria(&self) -> Box<dyn Iterator<Item = &Criterion> + '_> {
        match self {
            Self::Value(criterion) => Box::new(std::iter::once(criterion)),
            Self::RefersTo(link) | Self::ReferredBy(link) => link.condition.criteria(),
            Self::All(parts) | Self::Any(parts) => Box::new(parts.iter().flat_map(Self::criteria)),
            Self::Not(inner) => inner.criteria(),
        }
    }

    /// How many links have to be followed to know whether it holds.
    #[must_use]
    pub fn links(&self) -> usize {
        match self {
            Self::Value(_) => 0,
            Self::RefersTo(link) | Self::ReferredBy(link) => 1 + link.condition.links(),
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::links).sum(),
            Self::Not(inner) => inner.links(),
        }
    }

    /// The types of all resources that its links lead to.
    pub fn linked_types(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Self::Value(_) => Box::new(std::iter::empty()),
            Self::RefersTo(link) | Self::ReferredBy(link) => {
                Box::new(std::iter::once(link.other_type.as_str()).chain(link.condition.linked_types()))
            }
            Self::All(parts) | Self::Any(parts) => Box::new(parts.iter().flat_map(Self::linked_types)),
            Self::Not(inner) => inner.linked_types(),
        }
    }

    /// The criterion, where it is a single one about the resource itself.
    #[must_use]
    pub const fn as_value(&self) -> Option<&Criterion> {
        match self {
            Self::Value(criterion) => Some(criterion),
            _ => None,
        }
    }
}

impl Link {
    /// The forms in which a reference to this resource may be stored.
    pub fn forms(&self, resource_type: &str, id: &str) -> impl Iterator<Item = String> + use<> {
        Self::forms_under(&self.base_url, resource_type, id)
    }

    /// The same for a server at `base_url`, which may be empty.
    pub(crate) fn forms_under(
        base_url: &str,
        resource_type: &str,
        id: &str,
    ) -> impl Iterator<Item = String> + use<> {
        let local = format!("{resource_type}/{id}");
        let base = base_url.trim_end_matches('/');
        let absolute = (!base.is_empty()).then(|| format!("{base}/{local}"));
        std::iter::once(local).chain(absolute)
    }
}
