//! What is to be added to the resources found (FHIR R4, 3.1.1.5.4 and 3.1.1.5.5).

use super::model::{Include, ProblemKind};
use super::reader::{Refusal, invalid};
use crate::fhir::search::kind::SearchKind;
use crate::fhir::search::parameter::{Parameters, SearchParameter};

/// Which way references are followed, and from where.
struct Way<'a> {
    searched: &'a str,
    reverse: bool,
    iterate: bool,
}

/// Reads `Source:code[:Target]`, where `code` may be `*` for every reference of the source, or `*` alone.
///
/// An include starts at the searched type and a reverse include ends there; one that does neither
/// would add nothing, so it is a problem rather than a silence. With `:iterate` both may go on from what was added.
pub(super) fn includes(
    searched: &str,
    name: &str,
    value: &str,
    parameters: &Parameters,
) -> Result<Vec<Include>, Refusal> {
    let way = Way { searched, reverse: name.starts_with("_rev"), iterate: name.ends_with(":iterate") };
    if value == "*" {
        let sources =
            parameters.resource_types().filter(|kind| way.reverse || way.iterate || *kind == searched);
        return Ok(sources.flat_map(|source| way.references(source, "*", None, parameters)).collect());
    }
    let mut parts = value.split(':');
    let source = parts.next().unwrap_or_default();
    let Some(code) = parts.next() else {
        return invalid(format!("`{value}` does not name a reference: write Type:parameter"));
    };
    let wanted = parts.next();
    if parts.next().is_some() {
        return invalid(format!("`{value}` has too many parts: write Type:parameter:TargetType"));
    }
    if way.misses(source, wanted) {
        let reason = format!(
            "`{value}` does not touch the type searched, so it adds nothing: with :iterate it may follow other includes"
        );
        return Err((ProblemKind::Unknown, reason));
    }
    let found = way.references(source, code, wanted, parameters);
    if found.is_empty() {
        let aim = way.target(wanted).map(|target| format!(" to {target}")).unwrap_or_default();
        let reason = format!("{source} has no reference `{code}`{aim}");
        return Err((ProblemKind::Unknown, reason));
    }
    Ok(found)
}

impl Way<'_> {
    fn misses(&self, source: &str, wanted: Option<&str>) -> bool {
        let from_elsewhere = !self.reverse && source != self.searched;
        let to_elsewhere = self.reverse && wanted.is_some_and(|wanted| wanted != self.searched);
        !self.iterate && (from_elsewhere || to_elsewhere)
    }

    /// The type that references must lead to.
    fn target<'a>(&'a self, wanted: Option<&'a str>) -> Option<&'a str> {
        wanted.or((self.reverse && !self.iterate).then_some(self.searched))
    }

    fn references(
        &self,
        source: &str,
        code: &str,
        wanted: Option<&str>,
        parameters: &Parameters,
    ) -> Vec<Include> {
        let target = self.target(wanted);
        let leads_there = |parameter: &&SearchParameter| {
            let targets = &parameter.targets;
            target.is_none_or(|target| targets.is_empty() || targets.iter().any(|name| name == target))
        };
        parameters
            .of(source)
            .iter()
            .filter(|parameter| parameter.kind == SearchKind::Reference)
            .filter(|parameter| code == "*" || parameter.code == code)
            .filter(leads_there)
            .map(|parameter| Include {
                source_type: source.to_owned(),
                code: parameter.code.clone(),
                key: parameter.key,
                target_type: target.map(str::to_owned),
                iterate: self.iterate,
            })
            .collect()
    }
}
