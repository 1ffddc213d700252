//! What was found, told once each and not without end.

use std::collections::BTreeMap;

use super::claim::Claim;
use crate::fhir::outcome::{Issue, IssueCode, Severity};

/// The most issues that are told apart.
const ISSUES_MAX: usize = 200;
/// The most absent elements that are listed for a profile.
const ABSENT_MAX: usize = 60;

/// Issues as they are found.
#[derive(Default)]
pub(super) struct Report {
    issues: Vec<Issue>,
    /// Must-support elements that are absent, by the label of the profile.
    absent: BTreeMap<String, Vec<String>>,
    untold: usize,
}

impl Report {
    pub(super) fn add(&mut self, severity: Severity, code: IssueCode, path: String, text: String) {
        let issue = Issue { severity, code, diagnostics: text, expression: Some(path) };
        match self.issues.len() < ISSUES_MAX {
            _ if self.issues.contains(&issue) => {}
            true => self.issues.push(issue),
            false => self.untold += 1,
        }
    }

    pub(super) fn absent(&mut self, claim: Claim<'_>, path: String) {
        let paths = self.absent.entry(claim.profile.label().to_owned()).or_default();
        if paths.len() < ABSENT_MAX && !paths.contains(&path) {
            paths.push(path);
        }
    }

    /// The first error, if there is one.
    pub(super) fn first_error(&self) -> Option<&Issue> {
        self.issues.iter().find(|issue| issue.is_error())
    }

    /// All issues, the gravest first; those of a kind in the order of the resource.
    pub(super) fn finish(mut self, root: &str) -> Vec<Issue> {
        for (profile, paths) in &self.absent {
            let text = format!(
                "{profile} marks these elements as must-support, and they are absent: {}; give them where they are known",
                paths.join(", ")
            );
            self.issues.push(information(IssueCode::Informational, text).at(root));
        }
        if self.untold > 0 {
            let text = format!("{} more issues were found; solve these first", self.untold);
            self.issues.push(Issue::error(IssueCode::TooCostly, text));
        }
        self.issues.sort_by_key(|issue| issue.severity);
        self.issues
    }
}

fn information(code: IssueCode, text: String) -> Issue {
    Issue { severity: Severity::Information, ..Issue::error(code, text) }
}
