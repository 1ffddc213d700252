use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::StoreError;

use super::element::{Flag, address, concept_of, id, text, version};
use super::encounters::reason_of;
use super::label::label;
use super::moment::{Moment, sort_newest_first};
use super::open::Chart;
use super::series::{Point, is_result, is_vital};
use crate::fhir::FhirError;

/// Things on one page of the timeline.
const PAGE: usize = 50;

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A visit or a stay.
    Encounter,
    /// A condition.
    Condition,
    /// A vital sign.
    Vital,
    /// A laboratory result.
    Result,
    /// Another observation.
    Finding,
    /// A drug ordered, given or said to be taken.
    Medication,
    /// Something done to the patient.
    Procedure,
    /// A vaccine.
    Immunization,
    /// An allergy.
    Allergy,
    /// A note.
    Note,
    /// A report.
    Report,
    /// An order or a plan.
    Plan,
}

/// One thing on the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// `Type/ID` of the resource.
    pub reference: String,
    /// The version of the resource.
    pub version: u64,
    /// What kind of thing it is.
    pub kind: ItemKind,
    /// When it was; when it was written where it does not say.
    pub at: Option<Moment>,
    /// What it is called.
    pub title: String,
    /// What more there is to say in a line: a value, a status, a reason.
    pub detail: Option<String>,
    /// What stands out about it.
    pub flag: Option<Flag>,
}

/// One page of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TimelinePage {
    /// The things, newest first.
    pub items: Vec<Item>,
    /// How many there are of each kind in all, whatever page and kind were asked for.
    pub counts: Vec<(ItemKind, usize)>,
    /// How many there are of the kinds asked for.
    pub total: usize,
    /// This page, from 1.
    pub page: usize,
    /// How many pages there are, at least 1.
    pub pages: usize,
}

/// The types on the timeline, where their time stands, and what they are called by.
const TYPES: [(&str, ItemKind, &[&str], &[&str]); 14] = [
    ("Encounter", ItemKind::Encounter, &["/period/start"], &["type", "serviceType"]),
    ("Condition", ItemKind::Condition, &["/onsetDateTime", "/onsetPeriod/start", "/recordedDate"], &["code"]),
    (
        "Observation",
        ItemKind::Finding,
        &["/effectiveDateTime", "/effectivePeriod/start", "/effectiveInstant", "/issued"],
        &["code"],
    ),
    ("MedicationRequest", ItemKind::Medication, &["/authoredOn"], &[]),
    (
        "MedicationStatement",
        ItemKind::Medication,
        &["/effectiveDateTime", "/effectivePeriod/start", "/dateAsserted"],
        &[],
    ),
    (
        "MedicationAdministration",
        ItemKind::Medication,
        &["/effectiveDateTime", "/effectivePeriod/start"],
        &[],
    ),
    ("Procedure", ItemKind::Procedure, &["/performedDateTime", "/performedPeriod/start"], &["code"]),
    ("Immunization", ItemKind::Immunization, &["/occurrenceDateTime"], &["vaccineCode"]),
    ("AllergyIntolerance", ItemKind::Allergy, &["/recordedDate", "/onsetDateTime"], &["code"]),
    (
        "DocumentReference",
        ItemKind::Note,
        &["/date", "/content/0/attachment/creation"],
        &["type", "category"],
    ),
    (
        "DiagnosticReport",
        ItemKind::Report,
        &["/effectiveDateTime", "/effectivePeriod/start", "/issued"],
        &["code"],
    ),
    ("ServiceRequest", ItemKind::Plan, &["/occurrenceDateTime", "/authoredOn"], &["code"]),
    ("CarePlan", ItemKind::Plan, &["/period/start", "/created"], &["category"]),
    ("Goal", ItemKind::Plan, &["/startDate", "/statusDate"], &["description"]),
];

impl Chart<'_> {
    /// Everything that has a time, newest first: page `page` from 1, only of `kinds` unless that is empty.
    ///
    /// # Errors
    /// When the store fails.
    pub fn timeline(&self, kinds: &[ItemKind], page: usize) -> Result<TimelinePage, FhirError> {
        let mut items = Vec::new();
        for (kind, item_kind, times, names) in TYPES {
            for resource in self.all(kind)? {
                items.push(self.item(&resource, item_kind, times, names)?);
            }
        }
        let counts = count(&items);
        items.retain(|item| kinds.is_empty() || kinds.contains(&item.kind));
        sort_newest_first(&mut items, |item| item.at.as_ref());
        let (total, pages) = (items.len(), items.len().div_ceil(PAGE).max(1));
        let page = page.clamp(1, pages);
        let items = items.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
        Ok(TimelinePage { items, counts, total, page, pages })
    }

    fn item(
        &self,
        resource: &Value,
        kind: ItemKind,
        times: &[&str],
        names: &[&str],
    ) -> Result<Item, StoreError> {
        let (kind, point) = match kind {
            ItemKind::Finding => (finding(resource), Some(Point::of(resource))),
            other => (other, None),
        };
        let title = match kind {
            ItemKind::Medication => Some(self.drug(resource)?),
            ItemKind::Vital | ItemKind::Result | ItemKind::Finding | ItemKind::Report => {
                label(resource.get("code"))
            }
            _ => concept_of(resource, names),
        };
        let status = text(resource, "status").map(str::to_owned);
        let detail = match (&point, kind) {
            (Some(point), _) => point.value.as_ref().map(|value| value.text.clone()),
            (None, ItemKind::Encounter) => reason_of(resource).or(status),
            (None, ItemKind::Report) => text(resource, "conclusion").map(str::to_owned).or(status),
            (None, ItemKind::Condition | ItemKind::Allergy) => concept_of(resource, &["clinicalStatus"]),
            (None, _) => status,
        };
        let written = || Moment::first(resource, &["/meta/lastUpdated"]);
        Ok(Item {
            reference: address(resource),
            version: version(resource),
            kind,
            at: Moment::first(resource, times).or_else(written),
            title: title.unwrap_or_else(|| format!("{} without a name", id(resource))),
            detail,
            flag: point.and_then(|point| point.flag),
        })
    }
}

fn finding(observation: &Value) -> ItemKind {
    if is_vital(observation) {
        ItemKind::Vital
    } else if is_result(observation) {
        ItemKind::Result
    } else {
        ItemKind::Finding
    }
}

fn count(items: &[Item]) -> Vec<(ItemKind, usize)> {
    let mut counts = std::collections::BTreeMap::new();
    items.iter().for_each(|item| *counts.entry(item.kind).or_default() += 1);
    counts.into_iter().collect()
}
