//! An attempt as cells of the page: each a piece that changes by itself.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use maud::{Markup, html};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use platform::labs::{AttemptView, CheckView, Standing, StepView};
use serde::Serialize;

use super::acts::acts;
use super::help::help;
use crate::web::pages::words::percent;
use crate::web::ui::{
    Check, CheckCells, Finding, Look, Tone, Verdict, check_cells, link_button, notice, progress,
};

/// An attempt, and what is needed to draw it.
#[derive(Clone, Copy)]
pub(crate) struct Drawn<'a> {
    pub(crate) view: &'a AttemptView,
    /// The address of the workspace, such as `/attempts/abc`.
    pub(crate) root: &'a str,
    /// The lab that comes next in the track: slug and title.
    pub(crate) next: Option<&'a (String, String)>,
    /// Whether the reader may act in it, and the token of their forms if so.
    pub(crate) csrf: Option<&'a str>,
}

/// What `live-checks` swaps, see `web/islands/live-checks.ts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    pub(crate) checks: Vec<CheckCells>,
    /// HTML by the id of the element it belongs into.
    pub(crate) cells: BTreeMap<String, String>,
    /// What is read out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) say: Option<String>,
}

impl Change {
    /// A number for what the page shows: the same content has the same number.
    pub(crate) fn number(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        for CheckCells { id, state, detail, .. } in &self.checks {
            (id, state, detail).hash(&mut hasher);
        }
        self.cells.hash(&mut hasher);
        // What JavaScript can hold exactly as a number.
        hasher.finish() >> 11
    }
}

impl<'a> Drawn<'a> {
    /// Everything that changes.
    pub(crate) fn change(&self) -> Change {
        let hrefs = self.hrefs();
        let checks = self.view.steps.iter().flat_map(|step| &step.checks);
        let mut cells = BTreeMap::from([
            ("lab-progress".to_owned(), self.progress().into_string()),
            ("lab-done".to_owned(), self.done().into_string()),
            ("lab-debrief".to_owned(), self.debrief().into_string()),
            ("lab-acts".to_owned(), acts(self).into_string()),
        ]);
        for step in &self.view.steps {
            cells.insert(help_id(step), help(self, step).into_string());
        }
        Change { checks: checks.map(|check| check_cells(&row(check, &hrefs))).collect(), cells, say: None }
    }

    /// The rows of a step.
    pub(super) fn rows<'b>(step: &'b StepView, hrefs: &'b Hrefs) -> Vec<Check<'b>> {
        step.checks.iter().map(|check| row(check, hrefs)).collect()
    }

    /// Where each check's finding can be looked at, by check.
    pub(super) fn hrefs(&self) -> Hrefs {
        let checks = self.view.steps.iter().flat_map(|step| &step.checks);
        let href = |check: &CheckView| Some((check.id.clone(), href(self.root, check.location.as_deref()?)?));
        checks.filter_map(href).collect()
    }

    /// How far along the attempt is.
    pub(super) fn progress(&self) -> Markup {
        progress("checks-passed", "Checks passed", self.view.green, self.view.musts)
    }

    /// What there is to say when the lab is over; nothing before.
    pub(super) fn done(&self) -> Markup {
        let view = self.view;
        if view.finished.is_none() {
            return html! {};
        }
        let body = html! {
            p { "Everything that had to be so, is so. Worth " b { (percent(view.score)) } "." }
            p.row {
                @if let Some((id, title)) = self.next { (link_button(&format!("Next: {title}"), &format!("/labs/{id}"), Look::Primary)) }
                @else { (link_button("Home", "/", Look::Primary)) }
                @if !view.debrief.is_empty() { (link_button("Debrief", "#lab-debrief", Look::Quiet)) }
            }
        };
        notice(Tone::Good, Some("Lab finished"), &body)
    }

    /// What to think about when the lab is over; nothing before.
    pub(super) fn debrief(&self) -> Markup {
        if self.view.debrief.is_empty() {
            return html! {};
        }
        html! {
            h2 { "To think about, alone or together" }
            ul.prose { @for question in &self.view.debrief { li { (question) } } }
        }
    }
}

/// The address behind a check's location, by check.
pub(super) type Hrefs = BTreeMap<String, String>;

/// The id of the cell that holds a step's help.
pub(super) fn help_id(step: &StepView) -> String {
    format!("help-{}", step.id)
}

fn row<'b>(check: &'b CheckView, hrefs: &'b Hrefs) -> Check<'b> {
    Check {
        id: &check.id,
        title: &check.title,
        bonus: check.modifier == "bonus",
        verdict: verdict(check, hrefs),
    }
}

fn verdict<'b>(check: &'b CheckView, hrefs: &'b Hrefs) -> Verdict<'b> {
    let is_trap = check.modifier == "never";
    match check.standing {
        Standing::NotYet if is_trap => Verdict::NotYet(Some("must stay so")),
        Standing::NotYet => Verdict::NotYet(None),
        Standing::Holding => Verdict::NotYet(Some("It is so now, and counts once it has stayed so.")),
        Standing::Passed if is_trap => Verdict::Passed(Some("holds so far")),
        Standing::Passed => Verdict::Passed(check.observed.as_deref()),
        Standing::Failed => Verdict::Failed(finding(check, hrefs)),
        Standing::Tripped => Verdict::Tripped(finding(check, hrefs)),
    }
}

fn finding<'b>(check: &'b CheckView, hrefs: &'b Hrefs) -> Finding<'b> {
    Finding {
        expected: check.expected.as_deref().unwrap_or_default(),
        observed: check.observed.as_deref().unwrap_or_default(),
        place: check.location.as_deref().map(|words| (words, hrefs.get(&check.id).map(String::as_str))),
        say: None,
    }
}

/// Where in the workspace a location can be looked at: a chart, an entry of the journal, or the FHIR console.
fn href(root: &str, location: &str) -> Option<String> {
    if let Some(seq) = location.strip_prefix("journal entry ") {
        return Some(format!("{root}/journal?entry={seq}#entry-{seq}"));
    }
    let id =
        |id: &str| id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.') && !id.is_empty();
    let patient = location.strip_prefix("Patient/").or_else(|| location.strip_prefix("Patient?_id="));
    if let Some(patient) = patient.filter(|patient| id(patient)) {
        return Some(format!("{root}/patients/{patient}/summary"));
    }
    let is_search = location.starts_with(|c: char| c.is_ascii_uppercase()) && location.contains(['?', '/']);
    is_search.then(|| format!("{root}/fhir?path={}", utf8_percent_encode(location, NON_ALPHANUMERIC)))
}

#[cfg(test)]
mod tests {
    use super::href;

    #[test]
    fn every_kind_of_place_leads_somewhere() {
        for (location, expected) in [
            ("Patient?_id=a1b2", Some("/attempts/x/patients/a1b2/summary")),
            ("Patient/a1b2", Some("/attempts/x/patients/a1b2/summary")),
            ("journal entry 12", Some("/attempts/x/journal?entry=12#entry-12")),
            ("Encounter?_id=a", Some("/attempts/x/fhir?path=Encounter%3F%5Fid%3Da")),
            ("Patient?_id=a&active=true", Some("/attempts/x/fhir?path=Patient%3F%5Fid%3Da%26active%3Dtrue")),
            ("the ward", None),
        ] {
            assert_eq!(href("/attempts/x", location).as_deref(), expected, "{location}");
        }
    }
}
