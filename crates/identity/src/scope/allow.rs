use super::bounds::Bounds;
use super::filter::Filter;
use super::permissions::Permissions;
use super::resource::Level;
use super::set::Scopes;

/// A way in which resources of a type are open: those of this patient, if one is named, that meet this filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule<'a> {
    /// The only patient whose records are open; anybody's when absent.
    pub patient: Option<&'a str>,
    /// What the resource must be like.
    pub filter: &'a Filter,
}

/// How far an interaction on a type is allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Allowance<'a> {
    /// Not at all.
    Nothing,
    /// On every resource of the type.
    Everything,
    /// On resources that one of these rules is for.
    Some(Vec<Rule<'a>>),
}

/// Scopes with the patient they were granted for: what a token opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    /// The scopes.
    pub scopes: Scopes,
    /// The patient in context, by id. Without one, scopes of level `patient` open nothing.
    pub patient: Option<String>,
    /// What the person for whom the token is may do themselves; no bounds, where it is for nobody or they may do everything.
    pub bounds: Option<Bounds>,
}

impl Scopes {
    /// How far these permissions, all of them by the same scope, are allowed on a type for the patient in context.
    #[must_use]
    pub fn allows<'a>(
        &'a self,
        kind: &str,
        permissions: Permissions,
        patient: Option<&'a str>,
    ) -> Allowance<'a> {
        let about =
            self.resources().filter(|own| own.is_about(kind) && own.permissions.contains(permissions));
        let rules = about.filter_map(|own| match (own.level, patient) {
            (Level::Patient, None) => None,
            (Level::Patient, Some(patient)) => Some(Rule { patient: Some(patient), filter: &own.filter }),
            (Level::User | Level::System, _) => Some(Rule { patient: None, filter: &own.filter }),
        });
        let rules: Vec<Rule<'a>> = rules.collect();
        if rules.is_empty() {
            return Allowance::Nothing;
        }
        let is_open = |rule: &Rule<'_>| rule.patient.is_none() && rule.filter.is_empty();
        if rules.iter().any(is_open) { Allowance::Everything } else { Allowance::Some(rules) }
    }
}

impl Reach {
    /// How far these permissions are allowed on a type.
    #[must_use]
    pub fn allows(&self, kind: &str, permissions: Permissions) -> Allowance<'_> {
        if self.bounds.as_ref().is_some_and(|bounds| !bounds.allow(kind, permissions)) {
            return Allowance::Nothing;
        }
        self.scopes.allows(kind, permissions, self.patient.as_deref())
    }
}
