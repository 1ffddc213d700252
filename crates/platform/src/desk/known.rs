use std::collections::{BTreeMap, BTreeSet};

use security::care::{Chart, Colleague, Roster, Tie};
use serde_json::Value;
use standards::fhir::instant;
use store::StoreError;
use store::journal::{Entry, Filter};
use store::sandbox::View;

use crate::access::{Access, outcome};
use crate::ehr::lookup::{find, get, value_of};
use crate::ehr::roles::{GLASS_HOURS, GLASS_KIND, is_restricted};
use crate::identity::accounts;

/// Places one inside the other at most: bed, room, unit, floor, house.
const DEPTH_MAX: usize = 8;

/// What a hospital knows beside its journal about those whom the journal names.
pub(super) struct Known {
    /// By `Patient/ID`: whether the chart is restricted now. Charts that are gone are missing.
    pub(super) restricted: BTreeMap<String, bool>,
    /// Who stood how to whom, and when.
    pub(super) roster: Roster,
}

impl Known {
    /// Reads what these entries need, and no more: charts that nobody with an account opened are not looked into.
    pub(super) fn of(access: &Access, entries: &[Entry]) -> Result<Self, StoreError> {
        let filter = Filter {
            kinds: vec![GLASS_KIND.to_owned()],
            outcome: Some(outcome::OK.to_owned()),
            ..Filter::default()
        };
        let (sandbox, now_us) = (access.sandbox(), access.virtual_us());
        let mut roster = Roster::new(sandbox.view(colleagues)?, GLASS_HOURS * 3_600_000_000);
        let (mut places, mut restricted) = (None, BTreeMap::new());
        // One view for each chart, so that nobody waits for all of them.
        for (subject, by_somebody) in subjects(&roster, entries) {
            let id = subject.strip_prefix("Patient/").unwrap_or_default();
            let Some(patient) = sandbox.view(|view| get(view, "Patient", id))? else { continue };
            restricted.insert(subject.to_owned(), is_restricted(&patient));
            if by_somebody {
                if places.is_none() {
                    places = Some(sandbox.view(Places::read)?);
                }
                if let Some(places) = &places {
                    let found = sandbox.view(|view| chart(view, now_us, &patient, places))?;
                    roster.add_chart(subject.to_owned(), found);
                }
            }
        }
        for entry in sandbox.journal(&filter)? {
            if let Some(subject) = &entry.event.subject {
                roster.add_glass(&entry.event.actor, subject, entry.event.virtual_us);
            }
        }
        Ok(Self { restricted, roster })
    }
}

/// The patients of the entries, each with whether somebody who has an account was at the chart.
fn subjects<'e>(roster: &Roster, entries: &'e [Entry]) -> BTreeMap<&'e str, bool> {
    let mut subjects = BTreeMap::new();
    for entry in entries {
        if let Some(subject) =
            entry.event.subject.as_deref().filter(|subject| subject.starts_with("Patient/"))
        {
            let by_somebody = subjects.entry(subject).or_insert(false);
            *by_somebody = *by_somebody || roster.knows(&entry.event.actor);
        }
    }
    subjects
}

/// Everybody who has an account, by login, with the units in which their roles have them work.
fn colleagues(view: View<'_>) -> Result<BTreeMap<String, Colleague>, StoreError> {
    let accounts = accounts(view)?;
    let mut units: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    if accounts.iter().any(|account| account.subject.fhir_user.is_some()) {
        view.each_resource(Some("PractitionerRole"), |stored| {
            let Some(role) = value_of(&stored) else { return Ok(()) };
            if let Some(who) = reference(&role["practitioner"]) {
                units.entry(who).or_default().extend(items(&role, "location").filter_map(reference));
            }
            Ok(())
        })?;
    }
    let colleague = |practitioner: Option<String>| {
        let units = practitioner.as_ref().and_then(|who| units.get(who)).cloned().unwrap_or_default();
        Colleague { practitioner, units }
    };
    let one = |account: crate::identity::User| {
        let practitioner = account.subject.fhir_user.filter(|who| who.starts_with("Practitioner/"));
        (account.subject.login, colleague(practitioner))
    };
    Ok(accounts.into_iter().map(one).collect())
}

/// Who takes part in a patient's care by the chart, and where the patient was.
fn chart(view: View<'_>, now_us: i64, patient: &Value, places: &Places) -> Result<Chart, StoreError> {
    let whose = format!("Patient/{}", patient["id"].as_str().unwrap_or_default());
    let always = (None, None);
    let mut chart = Chart::default();
    chart.people.extend(items(patient, "generalPractitioner").filter_map(|who| tie(who, always)));
    for visit in find(view, now_us, "Encounter", &[("patient", &whose)])? {
        if visit["status"] == "entered-in-error" || visit["status"] == "cancelled" {
            continue;
        }
        let whole = span(&visit["period"], always);
        let people = items(&visit, "participant");
        chart.people.extend(people.filter_map(|one| tie(&one["individual"], span(&one["period"], whole))));
        for stop in items(&visit, "location") {
            let when = span(&stop["period"], whole);
            for place in reference(&stop["location"]).iter().flat_map(|place| places.around(place)) {
                chart.places.push(Tie { to: place, from_us: when.0, until_us: when.1 });
            }
        }
    }
    for team in find(view, now_us, "CareTeam", &[("patient", &whose)])? {
        let whole = span(&team["period"], always);
        let members = items(&team, "participant");
        chart.people.extend(members.filter_map(|one| tie(&one["member"], span(&one["period"], whole))));
    }
    Ok(chart)
}

fn tie(to: &Value, (from_us, until_us): (Option<i64>, Option<i64>)) -> Option<Tie> {
    Some(Tie { to: reference(to)?, from_us, until_us })
}

/// A period, as far as it says anything; otherwise that of what it is part of.
fn span(period: &Value, whole: (Option<i64>, Option<i64>)) -> (Option<i64>, Option<i64>) {
    let time = |name: &str| period[name].as_str().and_then(instant::parse);
    (time("start").or(whole.0), time("end").or(whole.1))
}

/// Which place lies in which.
struct Places(BTreeMap<String, String>);

impl Places {
    fn read(view: View<'_>) -> Result<Self, StoreError> {
        let mut inside = BTreeMap::new();
        view.each_resource(Some("Location"), |stored| {
            let place = value_of(&stored);
            if let Some(around) = place.as_ref().and_then(|place| reference(&place["partOf"])) {
                inside.insert(format!("Location/{}", stored.id), around);
            }
            Ok(())
        })?;
        Ok(Self(inside))
    }

    /// A place and all that it lies in.
    fn around(&self, place: &str) -> Vec<String> {
        let first = Some(place.to_owned());
        std::iter::successors(first, |place| self.0.get(place).cloned()).take(DEPTH_MAX).collect()
    }
}

fn items<'v>(resource: &'v Value, name: &str) -> impl Iterator<Item = &'v Value> {
    resource[name].as_array().into_iter().flatten()
}

fn reference(value: &Value) -> Option<String> {
    value["reference"].as_str().map(str::to_owned)
}
