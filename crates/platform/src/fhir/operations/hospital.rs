use std::sync::LazyLock;

use ::fhirpath::{Engine, Rule};
use serde_json::Value;
use standards::fhir::definitions::Definitions;
use standards::fhir::outcome::Issue;
use standards::fhir::profile::{self, Place, Profiles, Validator};
use standards::fhir::validation;
use store::sandbox::View;

use super::table::Ask;
use crate::fhir::context::Context;
use crate::fhir::guard::in_sight;
use crate::fhir::terminology::with_terminology;

/// Keeps the rules of profiles as they were first read.
static RULES: LazyLock<Engine> = LazyLock::new(Engine::new);

/// What lies around a resource: the other resources of its hospital, and an engine for rules.
pub(super) struct Hospital<'a> {
    context: &'a Context<'a>,
    view: View<'a>,
    base_url: &'a str,
    now_us: i64,
    /// Whether somebody already asks here whether a resource conforms: a profile whose rules ask again would never end.
    is_asked: bool,
}

impl<'a> Hospital<'a> {
    pub(super) fn of(ask: &Ask<'a>) -> Hospital<'a> {
        let now_us = ask.context.access.virtual_us();
        let context = ask.context;
        Hospital { context, view: ask.view, base_url: ask.context.base_url, now_us, is_asked: false }
    }

    fn stored(&self, reference: &str) -> Option<Value> {
        let (kind, id) = relative(reference, self.base_url)?.split_once('/')?;
        let stored = in_sight(self.context, self.view.get(kind, id).ok()?)?;
        serde_json::from_slice(&stored.body).ok().filter(|_| !stored.deleted)
    }
}

impl ::fhirpath::Surroundings for Hospital<'_> {
    fn resolve(&self, reference: &str) -> Option<Value> {
        self.stored(reference)
    }

    /// As `$validate` with this profile sees it: no error, whatever else the resource claims to be.
    fn conforms(&self, resource: &Value, profile: &str) -> Option<bool> {
        let profile = Profiles::shipped().find(profile).filter(|_| !self.is_asked)?;
        let mut resource = resource.clone();
        resource.get("resourceType")?;
        if let Some(meta) = resource.get_mut("meta").and_then(Value::as_object_mut) {
            meta.remove("profile");
        }
        let around = Hospital { is_asked: true, ..*self };
        let mut issues = validation::validate(Definitions::r4(), &resource);
        let found = with_terminology(self.view, |terminology| {
            Ok(Validator::new(Profiles::shipped(), terminology, &around).validate(&resource, &[profile]))
        });
        issues.extend(found.ok()?);
        Some(!issues.iter().any(Issue::is_error))
    }
}

impl profile::Surroundings for Hospital<'_> {
    fn resolve(&self, reference: &str) -> Option<Value> {
        self.stored(reference)
    }

    fn holds(&self, expression: &str, place: &Place<'_>) -> Result<bool, String> {
        let rule = Rule { now_us: self.now_us, surroundings: Some(self), ..Rule::at(expression, place) };
        RULES.holds(&rule).map_err(|problem| problem.reason)
    }
}

/// A reference without the address of this server; none for other servers.
pub(super) fn relative<'r>(reference: &'r str, base_url: &str) -> Option<&'r str> {
    let own = reference.strip_prefix(base_url).and_then(|path| path.strip_prefix('/'));
    let path = own.or_else(|| (!reference.contains(':')).then_some(reference))?;
    Some(path.split_once("/_history/").map_or(path, |(path, _)| path))
}
