//! What `_include` and `_revinclude` add to the hits of a page (R4, 3.1.1.5.4 and 3.1.1.5.5).

use std::collections::BTreeSet;

use serde_json::Value;
use standards::fhir::outcome::{Issue, IssueCode, Severity};
use standards::fhir::search::query::{Condition, Criterion, Include, Match, Query, Total};
use standards::fhir::search::{IndexValue, SearchKind, extract};
use store::sandbox::{Stored, View};

use super::run::store_refusal;
use crate::fhir::context::Context;
use crate::fhir::error::FhirError;
use crate::fhir::guard::in_sight;

/// Resources that may be added to a page.
const INCLUDED_MAX: usize = 2000;
/// Times that `:iterate` goes on from what was added last.
const ROUNDS_MAX: usize = 16;

/// What is added to a page.
pub(super) struct Added {
    /// Each resource once, none that is a hit itself.
    pub(super) resources: Vec<Stored>,
    /// What to say when more would have been added.
    pub(super) note: Option<Issue>,
}

/// Follows the includes of all queries from the hits, and those with `:iterate` from what was added, too.
pub(super) fn included(
    context: &Context<'_>,
    view: View<'_>,
    queries: &[Query],
    hits: &[Stored],
) -> Result<Added, FhirError> {
    let mut following = Following::new(context, view, queries, hits);
    let mut rounds = 0;
    let mut from = following.round(hits, false)?;
    while !following.full && from < following.added.len() {
        if rounds == ROUNDS_MAX {
            following.full = true;
            break;
        }
        rounds += 1;
        let last: Vec<Stored> = following.added[from..].to_vec();
        from = following.round(&last, true)?;
    }
    let note = following.full.then(|| Issue {
        severity: Severity::Warning,
        code: IssueCode::Incomplete,
        diagnostics: format!(
            "_include and _revinclude would add more than this page takes ({INCLUDED_MAX} resources, {ROUNDS_MAX} \
             rounds of :iterate), so some are left out; ask for a smaller _count or fewer references"
        ),
        expression: None,
    });
    Ok(Added { resources: following.added, note })
}

struct Following<'a> {
    context: &'a Context<'a>,
    view: View<'a>,
    base_url: &'a str,
    include: Vec<&'a Include>,
    revinclude: Vec<&'a Include>,
    seen: BTreeSet<(String, String)>,
    added: Vec<Stored>,
    full: bool,
}

impl<'a> Following<'a> {
    fn new(context: &'a Context<'a>, view: View<'a>, queries: &'a [Query], hits: &[Stored]) -> Self {
        let each_once = |of: fn(&Query) -> &Vec<Include>| {
            let mut once: Vec<&'a Include> = Vec::new();
            for include in queries.iter().flat_map(of) {
                if !once.contains(&include) {
                    once.push(include);
                }
            }
            once
        };
        Self {
            context,
            view,
            base_url: context.base_url,
            include: each_once(|query| &query.include),
            revinclude: each_once(|query| &query.revinclude),
            seen: hits.iter().map(|stored| (stored.kind.clone(), stored.id.clone())).collect(),
            added: Vec::new(),
            full: false,
        }
    }

    /// Adds what `from` is linked with. Returns how many there were before.
    fn round(&mut self, from: &[Stored], again: bool) -> Result<usize, FhirError> {
        let before = self.added.len();
        let due = |include: &&&Include| include.iterate || !again;
        for include in self.include.clone().iter().filter(due) {
            for (kind, id) in self.targets(from, include) {
                if let Some(stored) = self.view.get(&kind, &id)? {
                    self.add(stored);
                }
            }
        }
        for include in self.revinclude.clone().iter().filter(due) {
            for stored in self.referring(from, include)? {
                self.add(stored);
            }
        }
        Ok(before)
    }

    fn add(&mut self, stored: Stored) {
        let is_known = || self.seen.contains(&(stored.kind.clone(), stored.id.clone()));
        if stored.deleted || is_known() {
            return;
        }
        let Some(stored) = in_sight(self.context, Some(stored)) else { return };
        if self.added.len() == INCLUDED_MAX {
            self.full = true;
            return;
        }
        self.seen.insert((stored.kind.clone(), stored.id.clone()));
        self.added.push(stored);
    }

    /// Type and id of what resources refer to along an include.
    fn targets(&self, from: &[Stored], include: &Include) -> BTreeSet<(String, String)> {
        let sources = from.iter().filter(|stored| stored.kind == include.source_type);
        let values = sources.filter_map(|stored| serde_json::from_slice::<Value>(&stored.body).ok());
        let entries = values.flat_map(|value| extract(&value));
        let references =
            entries.filter(|entry| entry.param == include.key).filter_map(|entry| match entry.value {
                IndexValue::Reference { target } => Some(target),
                _ => None,
            });
        let parts = references.filter_map(|target| self.local(&target));
        parts.filter(|(kind, _)| include.target_type.as_ref().is_none_or(|wanted| wanted == kind)).collect()
    }

    /// Type and id of a reference to this server.
    fn local(&self, target: &str) -> Option<(String, String)> {
        let under_base = target.strip_prefix(self.base_url).and_then(|rest| rest.strip_prefix('/'));
        let (kind, id) = under_base.unwrap_or(target).split_once('/')?;
        (!id.contains('/')).then(|| (kind.to_owned(), id.to_owned()))
    }

    /// What refers to resources along a reverse include.
    fn referring(&self, from: &[Stored], include: &Include) -> Result<Vec<Stored>, FhirError> {
        let wanted = |stored: &&Stored| include.target_type.as_ref().is_none_or(|kind| *kind == stored.kind);
        let forms = |stored: &Stored| {
            let local = format!("{}/{}", stored.kind, stored.id);
            let absolute = format!("{}/{local}", self.base_url);
            Match::Reference { targets: vec![local, absolute] }
        };
        let any: Vec<Match> = from.iter().filter(wanted).map(forms).collect();
        if any.is_empty() {
            return Ok(Vec::new());
        }
        let criterion = Criterion {
            code: include.code.clone(),
            key: include.key,
            kind: SearchKind::Reference,
            modifier: None,
            any,
        };
        let query = Query {
            resource_type: include.source_type.clone(),
            criteria: vec![Condition::Value(criterion)],
            total: Total::None,
            ..Query::default()
        };
        Ok(self.view.search(&query, INCLUDED_MAX + 1).map_err(store_refusal)?.hits)
    }
}
