//! What is asked of values one by one, and of how many there are.

use super::claim::Claim;
use super::codes;
use super::item::Item;
use super::model::Invariant;
use super::surroundings::Place;
use super::targets::{named_type, type_by_url};
use super::walk::Walk;
use crate::fhir::outcome::{IssueCode, Severity};
use crate::fhir::validation::path::Path;

/// The longest expression that a message shows, in characters.
const EXPRESSION_CHARACTERS_MAX: usize = 200;

impl<'a> Walk<'a> {
    /// Compares one value with what one profile asks of it.
    pub(super) fn judge(&mut self, item: Item<'a>, claim: Claim<'a>, path: &Path<'_>) {
        let node = claim.node;
        let is_any =
            |code: &str| matches!(code, "Element" | "BackboneElement" | "Resource" | "DomainResource");
        if !node.types.is_empty()
            && !node.types.iter().any(|kind| kind.code == item.kind || is_any(&kind.code))
        {
            let allowed: Vec<&str> = node.types.iter().map(|kind| kind.code.as_str()).collect();
            let text = format!("is a {}; {} allows {}", item.kind, claim.asker(), allowed.join(", "));
            return self.tell(Severity::Error, IssueCode::Structure, path, text);
        }
        if let Some(wanted) =
            node.wanted.as_ref().filter(|wanted| !item.json.is_null() && !wanted.accepts(item.json))
        {
            let text = format!("{} requires {}", claim.asker(), wanted.shown());
            self.tell(Severity::Error, IssueCode::Value, path, text);
        }
        if let Some(binding) = &node.binding {
            for doubt in codes::judge(self.scene.terminology, binding, &item, &claim.asker()) {
                let code = match doubt.severity {
                    Severity::Information => IssueCode::Informational,
                    _ => IssueCode::CodeInvalid,
                };
                self.tell(doubt.severity, code, path, doubt.text);
            }
        }
        if item.kind == "Reference" {
            self.follow(item, claim, path);
        }
        for invariant in &node.invariants {
            self.hold(invariant, item, claim, path);
        }
    }

    fn hold(&mut self, invariant: &Invariant, item: Item<'a>, claim: Claim<'a>, path: &Path<'_>) {
        if !self.step_on(path) {
            return;
        }
        let Invariant { key, human, expression, severity } = invariant;
        let place =
            Place { resource: self.resource, focus: item.json, beside: item.beside, type_name: item.kind };
        match self.scene.around.holds(expression, &place) {
            Ok(true) => {}
            Ok(false) => {
                let shown: String = expression.chars().take(EXPRESSION_CHARACTERS_MAX).collect();
                let text = format!("{key} of {}: {human} (`{shown}` is not true here)", claim.asker());
                self.tell(*severity, IssueCode::Invariant, path, text);
            }
            Err(reason) => self.pass_over(path, &format!("rule {key}, \"{human}\", because {reason}")),
        }
    }

    /// Takes a step; says once when none are left.
    fn step_on(&mut self, path: &Path<'_>) -> bool {
        let left = self.steps_left.get();
        self.steps_left.set(left.saturating_sub(1));
        if left == 1 {
            self.pass_over(path, "rules and references from here on, because the resource has too many");
        }
        left > 1
    }

    /// Holds a reference to the types and profiles that its target may have.
    fn follow(&mut self, item: Item<'a>, claim: Claim<'a>, path: &Path<'_>) {
        let references = claim.node.types.iter().filter(|kind| kind.code == "Reference");
        let targets: Vec<&str> = references
            .flat_map(|kind| &kind.targets)
            .map(|url| url.split('|').next().unwrap_or(url))
            .collect();
        let near = item.text("reference").and_then(|reference| self.nearby(reference));
        let kind =
            near.map(|target| Item::resource(target).kind).or_else(|| named_type(&item, self.container));
        let Some(kind) = kind.filter(|_| !targets.is_empty()) else { return };
        let profiles = self.scene.profiles;
        let type_of = |url: &str| profiles.type_of(url).or_else(|| type_by_url(url)).map(str::to_owned);
        let suits = |url: &str| type_of(url).is_none_or(|name| name == kind || name == "Resource");
        let candidates: Vec<&str> = targets.iter().copied().filter(|url| suits(url)).collect();
        if candidates.is_empty() {
            let labels: Vec<&str> = targets.iter().filter_map(|url| url.rsplit('/').next()).collect();
            let text = format!("points to a {kind}; {} allows {}", claim.asker(), labels.join(", "));
            return self.tell(Severity::Error, IssueCode::Value, path, text);
        }
        if self.is_trial || candidates.iter().any(|url| type_by_url(url).is_some()) || !self.step_on(path) {
            return;
        }
        let Some(reference) = item.text("reference") else { return };
        let away = match near {
            Some(_) => None,
            None => self.scene.around.resolve(reference),
        };
        let Some(target) = near.or(away.as_ref()) else { return };
        let outcomes: Vec<_> =
            candidates.iter().map(|url| (*url, self.conforms(Item::resource(target), url))).collect();
        if let Some((url, Err(first))) = outcomes.iter().find(|(_, outcome)| outcome.is_err())
            && outcomes.iter().all(|(_, outcome)| outcome.is_err())
        {
            let at = first.expression.as_deref().unwrap_or_default();
            let label = url.rsplit('/').next().unwrap_or(url);
            let text = format!(
                "{reference} must keep {label} to be referred to here; it does not, at {at}: {}",
                first.diagnostics
            );
            self.tell(Severity::Error, IssueCode::Value, path, text);
        }
    }

    /// Holds a number of values to the least and greatest that a profile allows, for an element or a slice of it.
    pub(super) fn count(&mut self, found: usize, claim: Claim<'a>, slice: Option<&str>, path: &Path<'_>) {
        let node = claim.node;
        let named = match slice {
            Some(slice) => format!("`{}`, slice `{slice}`,", node.shown()),
            None => format!("`{}`", node.shown()),
        };
        if found < node.min {
            let text = match (found, node.min) {
                (0, 1) => format!("{named} is missing; {} requires it", claim.asker()),
                (found, min) => {
                    format!("{named} is there {found} times; {} requires at least {min}", claim.asker())
                }
            };
            self.tell(Severity::Error, IssueCode::Required, path, text);
        } else if found == 0 && node.must_support {
            let slice = slice.map(|name| format!(":{name}")).unwrap_or_default();
            self.report.absent(claim, format!("{path}{slice}"));
        }
        if let Some(max) = node.max.filter(|max| found > *max) {
            let text = match max {
                0 => format!("{named} is there; {} does not allow it", claim.asker()),
                max => format!("{named} is there {found} times; {} allows at most {max}", claim.asker()),
            };
            self.tell(Severity::Error, IssueCode::Structure, path, text);
        }
    }
}
