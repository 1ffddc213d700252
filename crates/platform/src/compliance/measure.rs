//! What is measured in the running hospital, to hold the answers of a risk analysis against.

use std::collections::BTreeSet;

use hospital::staff::{MATRIX_ID, Matrix};
use security::papers::Measured;
use store::journal::{Entry, Filter};

use super::error::ComplianceError;
use super::filing::papers;
use super::paper::PaperKind;
use crate::access::{Access, outcome};
use crate::ehr::lookup::get;
use crate::identity::{Client, GrantType, Scopes, accounts, registered};
use crate::labs::is_own_snapshot;

const DAY_US: i64 = 86_400_000_000;
/// What is measured: the questions of the risk analysis.
#[cfg(test)]
pub(super) const QUESTIONS: [&str; 9] = [
    "activity-review",
    "associates",
    "emergency-access",
    "least-privilege",
    "leavers",
    "narrow-apps",
    "recent-copy",
    "second-factor",
    "unbroken-journal",
];
/// Names listed at most.
const NAMES_MAX: usize = 6;

/// One measurement for each question.
pub(super) fn measured(access: &Access) -> Result<Vec<Measured>, ComplianceError> {
    let (apps, agreed) = (access.sandbox().view(registered)?, agreed(access)?);
    let mut found = people(access)?;
    found.extend(matrix(access)?);
    let reviewed = recent(access, "desk.*", 7)?;
    found.push(Measured {
        id: "activity-review",
        holds: !reviewed.is_empty(),
        seen: format!("{} entries of the desk in seven days", reviewed.len()),
    });
    let acts = apps.iter().filter(|app| app.may(GrantType::ClientCredentials));
    let without = acts.filter(|app| !agreed.contains(&app.name)).map(|app| app.name.clone());
    found.push(none("associates", without.collect(), "without a sound agreement"));
    let wide = apps.iter().filter(|app| asks_for_everything(app)).map(|app| app.name.clone());
    found.push(none("narrow-apps", wide.collect(), "may ask for every type"));
    let broken = access.sandbox().journal_break()?;
    found.push(Measured {
        id: "unbroken-journal",
        holds: broken.is_none(),
        seen: if broken.is_none() {
            "every entry follows from the one before"
        } else {
            "the chain is broken"
        }
        .to_owned(),
    });
    // Those that a lab takes to be able to go back are not the hospital's.
    let own = |entry: &&Entry| !entry.event.detail["name"].as_str().is_some_and(is_own_snapshot);
    let by_people = recent(access, "sandbox.snapshot", 1)?.iter().filter(own).count();
    found.push(Measured {
        id: "recent-copy",
        holds: by_people > 0,
        seen: format!("{by_people} snapshots by people in a day"),
    });
    Ok(found)
}

/// What is true when nobody is on a list.
fn none(id: &'static str, mut names: Vec<String>, what: &str) -> Measured {
    names.sort();
    let shown = names.iter().take(NAMES_MAX).cloned().collect::<Vec<_>>().join(", ");
    let seen = if names.is_empty() {
        format!("nobody and nothing {what}")
    } else {
        format!("{} {what}: {shown}", names.len())
    };
    Measured { id, holds: names.is_empty(), seen }
}

fn people(access: &Access) -> Result<Vec<Measured>, ComplianceError> {
    let accounts = access.sandbox().view(accounts)?;
    let without = accounts.iter().filter(|one| one.totp.is_none()).map(|one| one.subject.login.clone());
    let without = without.collect();
    let mut left = Vec::new();
    for account in &accounts {
        let who = account.subject.fhir_user.as_deref().and_then(|who| who.strip_prefix("Practitioner/"));
        let Some(id) = who else { continue };
        let practitioner = access.sandbox().view(|view| get(view, "Practitioner", id))?;
        if practitioner.is_none_or(|practitioner| practitioner["active"] == false) {
            left.push(account.subject.login.clone());
        }
    }
    Ok(vec![
        none("second-factor", without, "without a second factor"),
        none("leavers", left, "of people who have left"),
    ])
}

/// The roles that the hospital has.
pub(super) fn roles(access: &Access) -> Result<BTreeSet<String>, ComplianceError> {
    let own = access.sandbox().view(|view| get(view, "CodeSystem", MATRIX_ID))?;
    Ok(Matrix::read(own.as_ref()).roles().iter().map(|role| role.code.clone()).collect())
}

fn matrix(access: &Access) -> Result<Vec<Measured>, ComplianceError> {
    let own = access.sandbox().view(|view| get(view, "CodeSystem", MATRIX_ID))?;
    let (own, shipped) = (Matrix::read(own.as_ref()), Matrix::read(None));
    let mut more = Vec::new();
    for role in own.roles() {
        for permission in hospital::staff::PERMISSIONS {
            if own.may(&role.code, permission.code) && !shipped.may(&role.code, permission.code) {
                more.push(format!("{} may {}", role.code, permission.code));
            }
        }
    }
    let opens = |role: &&str| own.may(role, "break-glass") || own.may(role, "chart.view.sensitive");
    let shut: Vec<String> =
        ["nurse", "physician"].iter().filter(|role| !opens(role)).map(|role| (*role).to_owned()).collect();
    Ok(vec![
        none("least-privilege", more, "beyond what was approved"),
        none("emergency-access", shut, "without a way in an emergency"),
    ])
}

/// Entries of the last days.
fn recent(access: &Access, kind: &str, days: i64) -> Result<Vec<Entry>, ComplianceError> {
    let filter =
        Filter { kinds: vec![kind.to_owned()], outcome: Some(outcome::OK.to_owned()), ..Filter::default() };
    let since_us = access.virtual_us() - days * DAY_US;
    let mut found = access.sandbox().journal(&filter)?;
    found.retain(|entry| entry.event.virtual_us >= since_us);
    Ok(found)
}

/// The associates with whom there is an agreement without a fault; the newest for each counts.
fn agreed(access: &Access) -> Result<BTreeSet<String>, ComplianceError> {
    let mut agreed = BTreeSet::new();
    for paper in papers(access)?.iter().rev().filter(|paper| paper.kind == PaperKind::AssociateAgreement) {
        let associate = paper.form["associate"].as_str().unwrap_or_default().to_owned();
        if paper.faults.is_empty() {
            agreed.insert(associate);
        } else {
            agreed.remove(&associate);
        }
    }
    Ok(agreed)
}

/// Whether a scope has an asterisk in place of a type, as `system/*.rs`; an app that did not say may ask for anything.
fn asks_for_everything(app: &Client) -> bool {
    let any = |scopes: &Scopes| scopes.resources().any(|one| one.to_string().contains("/*."));
    app.scopes.as_ref().is_none_or(any)
}
