use std::sync::LazyLock;

use ::fhirpath::{Engine, Rule};
use serde_json::Value;
use standards::fhir::profile::{self, Place};
use store::sandbox::View;

use super::table::Ask;

/// Keeps the rules of profiles as they were first read.
static RULES: LazyLock<Engine> = LazyLock::new(Engine::new);

/// What lies around a resource: the other resources of its hospital, and an engine for rules.
pub(super) struct Hospital<'a> {
    view: View<'a>,
    base_url: &'a str,
    now_us: i64,
}

impl<'a> Hospital<'a> {
    pub(super) fn of(ask: &Ask<'a>) -> Hospital<'a> {
        let now_us = ask.context.access.virtual_us();
        Hospital { view: ask.view, base_url: ask.context.base_url, now_us }
    }

    fn stored(&self, reference: &str) -> Option<Value> {
        let (kind, id) = relative(reference, self.base_url)?.split_once('/')?;
        let stored = self.view.get(kind, id).ok()??;
        serde_json::from_slice(&stored.body).ok().filter(|_| !stored.deleted)
    }
}

impl ::fhirpath::Surroundings for Hospital<'_> {
    fn resolve(&self, reference: &str) -> Option<Value> {
        self.stored(reference)
    }

    fn conforms(&self, _: &Value, _: &str) -> Option<bool> {
        None
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
