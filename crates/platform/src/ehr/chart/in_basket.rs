use hospital::ehr::{ACKNOWLEDGE_TASK, TASK_SYSTEM, reference_id};
use serde::Serialize;
use serde_json::json;
use store::StoreError;

use super::element::text;
use super::label::label;
use super::moment::Moment;
use super::open::{display, note_search};
use super::person::Identity;
use super::series::Point;
use crate::access::Access;
use crate::ehr::lookup::{find, get};
use crate::ehr::roles::working;
use crate::fhir::FhirError;

/// A critical result that nobody has taken note of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Waiting {
    /// Whose result it is.
    pub patient: Identity,
    /// The id of the Observation.
    pub observation: String,
    /// What was tested.
    pub test: String,
    /// The value with its flag.
    pub point: Point,
    /// Since when it waits.
    pub since: Option<Moment>,
    /// How many minutes that is now.
    pub minutes: Option<i64>,
    /// For whom it waits: who ordered the test.
    pub owner: Option<String>,
}

/// Every critical result of the hospital that waits for somebody to take note of it, the longest wait first. Leaves a
/// `chart.search` entry in the journal.
///
/// # Errors
/// When the role worked as may not see results, or the store fails.
pub fn in_basket(access: &Access) -> Result<Vec<Waiting>, FhirError> {
    working(access)?.check("chart.view.clinical")?;
    let now_us = access.virtual_us();
    let kind = format!("{TASK_SYSTEM}|{ACKNOWLEDGE_TASK}");
    let open = [("code", kind.as_str()), ("status", "requested,received,accepted,ready,in-progress,on-hold")];
    let mut waiting = access.sandbox().view(|view| {
        let mut waiting = Vec::new();
        for task in find(view, now_us, "Task", &open)? {
            let focus = task.get("focus").and_then(|focus| reference_id(focus, "Observation"));
            let Some(found) = focus.map(|id| get(view, "Observation", id)).transpose()?.flatten() else {
                continue;
            };
            let patient = found.get("subject").and_then(|subject| reference_id(subject, "Patient"));
            let Some(patient) = patient.map(|id| get(view, "Patient", id)).transpose()?.flatten() else {
                continue;
            };
            let since = Moment::first(&task, &["/authoredOn"]);
            waiting.push(Waiting {
                patient: Identity::of(&patient, now_us),
                observation: text(&found, "id").unwrap_or_default().to_owned(),
                test: label(found.get("code")).unwrap_or_else(|| "a test without a name".to_owned()),
                point: Point::of(&found),
                minutes: since.as_ref().and_then(|since| since.at_us).map(|us| (now_us - us) / 60_000_000),
                since,
                owner: display(view, task.get("owner"))?,
            });
        }
        Ok::<_, StoreError>(waiting)
    })?;
    waiting.sort_by_key(|one| one.since.as_ref().and_then(|since| since.at_us));
    note_search(access, json!({"what": "in-basket", "hits": waiting.len()}))?;
    Ok(waiting)
}
