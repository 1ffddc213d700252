//! Chains and `_has`: parameters about linked resources.

use super::condition::{Condition, Link};
use super::filter;
use super::model::ProblemKind;
use super::reader::{Reader, Refusal, invalid, unknown};
use crate::fhir::search::kind::SearchKind;
use crate::fhir::search::parameter::SearchParameter;

impl Reader<'_> {
    /// Reads one parameter of `resource_type`, `depth` links away from the resource searched for.
    pub(super) fn condition(
        &self,
        resource_type: &str,
        name: &str,
        value: &str,
        depth: usize,
    ) -> Result<Condition, Refusal> {
        self.count()?;
        if let Some(rest) = name.strip_prefix("_has:") {
            return self.has(resource_type, rest, value, depth);
        }
        if let Some((first, rest)) = name.split_once('.') {
            let inner = |kind: &str, depth| self.condition(kind, rest, value, depth);
            return self.chain(resource_type, first, depth, &inner);
        }
        match name {
            "_has" => invalid("must say what refers to this: write _has:Type:reference:parameter"),
            "_list" => self.list(resource_type, value, depth),
            "_filter" => filter::read(self, resource_type, value, depth),
            _ => {
                self.criterion(resource_type, name, value).map(|read| self.with_implied(resource_type, read))
            }
        }
    }

    /// What `inner` makes of each type that `first`, a reference with or without its type, leads to (FHIR R4,
    /// 3.1.1.4.17).
    pub(super) fn chain(
        &self,
        resource_type: &str,
        first: &str,
        depth: usize,
        inner: &dyn Fn(&str, usize) -> Result<Condition, Refusal>,
    ) -> Result<Condition, Refusal> {
        let depth = self.deeper(depth)?;
        let (code, wanted) = first.split_once(':').map_or((first, None), |(code, kind)| (code, Some(kind)));
        let parameter = self.reference(resource_type, code)?;
        let mut found = Vec::new();
        let mut refusal = None;
        for kind in self.targets(parameter, wanted)? {
            match inner(kind, depth) {
                Ok(condition) => found.push(Condition::RefersTo(self.link(parameter, kind, condition))),
                Err((ProblemKind::Unknown, reason)) => {
                    refusal = refusal.or(Some((ProblemKind::Unknown, reason)));
                }
                Err((ProblemKind::Invalid, reason)) => refusal = Some((ProblemKind::Invalid, reason)),
                Err(too_costly) => return Err(too_costly),
            }
        }
        match (found.len(), refusal) {
            (0, Some(refusal)) => Err(refusal),
            (0, None) => unknown(format!("`{code}` refers to nothing")),
            (1, _) => Ok(found.remove(0)),
            _ => Ok(Condition::Any(found)),
        }
    }

    fn targets<'a>(
        &'a self,
        parameter: &'a SearchParameter,
        wanted: Option<&'a str>,
    ) -> Result<Vec<&'a str>, Refusal> {
        let known: Vec<&str> = match parameter.targets.as_slice() {
            [] => self.parameters.resource_types().collect(),
            targets => targets.iter().map(String::as_str).collect(),
        };
        match wanted {
            None => Ok(known),
            Some(kind) if known.contains(&kind) => Ok(vec![kind]),
            Some(kind) => {
                invalid(format!("`{}` cannot refer to `{kind}`: name a type after the colon", parameter.code))
            }
        }
    }

    /// The rest of `_has:Type:reference:parameter` (FHIR R4, 3.1.1.4.18).
    fn has(&self, resource_type: &str, rest: &str, value: &str, depth: usize) -> Result<Condition, Refusal> {
        let depth = self.deeper(depth)?;
        let mut parts = rest.splitn(3, ':');
        let (Some(source), Some(code), Some(name)) = (parts.next(), parts.next(), parts.next()) else {
            return invalid("is not complete: write _has:Type:reference:parameter");
        };
        if !self.parameters.resource_types().any(|known| known == source) {
            return invalid(format!("`{source}` is not a resource type"));
        }
        let parameter = self.reference(source, code)?;
        if !parameter.targets.is_empty() && !parameter.targets.iter().any(|target| target == resource_type) {
            return unknown(format!("`{source}.{code}` does not refer to {resource_type}"));
        }
        let condition = self.condition(source, name, value, depth)?;
        Ok(Condition::ReferredBy(self.link(parameter, source, condition)))
    }

    /// `_list=id`: what the List of this id holds (FHIR R4, 3.1.1.4.9).
    fn list(&self, resource_type: &str, value: &str, depth: usize) -> Result<Condition, Refusal> {
        if value.starts_with('$') {
            return invalid(format!("the list `{value}` is not kept here: name a List by its id"));
        }
        self.has(resource_type, "List:item:_id", value, depth)
    }

    fn reference(&self, resource_type: &str, code: &str) -> Result<&SearchParameter, Refusal> {
        let parameter = self.parameter(resource_type, code)?;
        if parameter.kind == SearchKind::Reference {
            return Ok(parameter);
        }
        let kind = parameter.kind.code();
        invalid(format!("`{code}` is a {kind} parameter of {resource_type}: only references can be followed"))
    }

    fn link(&self, parameter: &SearchParameter, other_type: &str, condition: Condition) -> Link {
        Link {
            code: parameter.code.clone(),
            key: parameter.key,
            other_type: other_type.to_owned(),
            base_url: self.context.base_url.trim_end_matches('/').to_owned(),
            condition: Box::new(condition),
        }
    }
}
