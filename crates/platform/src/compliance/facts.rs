//! What forms are held against.

use std::collections::BTreeSet;

use security::breach::Affected;
use security::papers::day::{self, Date};
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;

use super::error::ComplianceError;
use crate::access::Access;
use crate::desk::{case, entry_at};
use crate::ehr::lookup::{get, value_of};

/// Links followed from a chart that was merged away.
const LINKS_MAX: usize = 8;

/// The hospital's day, in UTC.
pub(super) fn today(access: &Access) -> Date {
    day::of(access.virtual_us())
}

/// The entries that are pinned to a case and still stand, each with the login of who did it.
pub(super) fn pinned(access: &Access, id: &str) -> Result<Vec<(i64, String)>, ComplianceError> {
    let (_, evidence) = case(access, id)?;
    let mut doers = Vec::new();
    for pinned in evidence.iter().filter(|pinned| pinned.stands) {
        if let Some(entry) = entry_at(access, pinned.evidence.seq)? {
            let login = security::care::login_of(&entry.event.actor).to_owned();
            doers.push((entry.seq, login));
        }
    }
    Ok(doers)
}

/// The people a breach concerns, as the rule counts them: charts of one person that were merged are one person.
pub(super) fn affected(access: &Access, people: &[String]) -> Result<Vec<Affected>, ComplianceError> {
    access.sandbox().view(|view| people.iter().map(|reference| one(view, reference)).collect())
}

fn one(view: View<'_>, reference: &str) -> Result<Affected, ComplianceError> {
    let id = reference.strip_prefix("Patient/").unwrap_or(reference);
    let missing = || ComplianceError::Missing { what: format!("people: there is no patient {reference}") };
    let mut patient = get(view, "Patient", id)?.ok_or_else(missing)?;
    for _ in 0..LINKS_MAX {
        let Some(next) = replaced_by(&patient) else { break };
        let Some(found) = get(view, "Patient", &next)? else { break };
        patient = found;
    }
    let address = patient["address"].as_array().and_then(|addresses| addresses.first());
    let text = |name: &str| address.and_then(|address| address[name].as_str()).unwrap_or_default();
    let line = address.and_then(|address| address["line"][0].as_str()).unwrap_or_default();
    Ok(Affected {
        person: patient["id"].as_str().unwrap_or_default().to_owned(),
        state: text("state").to_owned(),
        reachable: !line.trim().is_empty(),
    })
}

fn replaced_by(patient: &Value) -> Option<String> {
    let link = patient["link"].as_array()?.iter().find(|link| link["type"] == "replaced-by")?;
    Some(link["other"]["reference"].as_str()?.strip_prefix("Patient/")?.to_owned())
}

/// What must not stand in a letter to a patient: names, numbers and addresses of all others. What the addressee shares with
/// them, such as a telephone at home, is theirs too. Without an addressee it is that of everybody.
pub(super) fn others(access: &Access, patient: Option<&str>) -> Result<Vec<String>, StoreError> {
    let (mut own, mut others) = (BTreeSet::new(), BTreeSet::new());
    access.sandbox().view(|view| {
        view.each_resource(Some("Patient"), |stored| {
            let Some(value) = value_of(&stored) else { return Ok(()) };
            let is_own = patient == Some(&format!("Patient/{}", stored.id));
            (if is_own { &mut own } else { &mut others }).extend(telling(&value));
            Ok(())
        })
    })?;
    Ok(others.difference(&own).cloned().collect())
}

/// What tells who a patient is.
fn telling(patient: &Value) -> Vec<String> {
    let items = |name: &str| patient[name].as_array().into_iter().flatten();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut told = Vec::new();
    for name in items("name") {
        let (given, family) = (text(&name["given"][0]), text(&name["family"]));
        if !given.is_empty() && !family.is_empty() {
            told.push(format!("{given} {family}"));
            told.push(format!("{family}, {given}"));
        }
    }
    told.extend(items("identifier").map(|identifier| text(&identifier["value"])));
    told.extend(items("telecom").map(|telecom| text(&telecom["value"])));
    told.extend(items("address").map(|address| text(&address["line"][0])));
    told.retain(|text| text.chars().count() >= 5);
    told
}
