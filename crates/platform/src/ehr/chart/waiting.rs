use hospital::ehr::{
    ACKNOWLEDGE_TASK, COSIGN_TASK, TASK_CODE, TASK_SYSTEM, VERIFY_TASK, is_emergency, reference_id,
};
use serde::Serialize;
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;

use super::element::{address, concept_of, items, text};
use super::encounters::attending_of;
use super::label::label;
use super::moment::Moment;
use super::open::display;
use super::person::Identity;
use super::review::{Review, medicine, review};
use super::series::Point;
use super::survey::{Survey, name};
use crate::ehr::lookup::{find, get};
use crate::ehr::roles::Glasses;

/// The states of a Task that is still to be done.
const OPEN: (&str, &str) = ("status", "requested,received,accepted,ready,in-progress,on-hold");

/// What kind of work waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WaitingKind {
    /// A critical result to take note of.
    Acknowledge,
    /// An order of a medicine to verify.
    Verify,
    /// An order that a pharmacist returned.
    Returned,
    /// A draft to sign.
    Sign,
    /// An order to countersign, since a pharmacist changed it.
    Cosign,
}

impl WaitingKind {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 5] = [Self::Acknowledge, Self::Verify, Self::Returned, Self::Sign, Self::Cosign];

    /// The permission of whoever does it.
    pub fn permission(self) -> &'static str {
        match self {
            Self::Acknowledge => "result.acknowledge",
            Self::Verify => "medication.verify",
            Self::Returned | Self::Sign | Self::Cosign => "order.sign",
        }
    }
}

/// Something that waits for somebody.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Waiting {
    /// What is to be done.
    pub kind: WaitingKind,
    /// Whom it is about.
    pub patient: Identity,
    /// The unit the patient is on, by name.
    pub unit: Option<String>,
    /// Who answers for the patient's stay.
    pub attending: Option<String>,
    /// What it is about: `Type/ID`.
    pub about: String,
    /// The test or the order by name.
    pub name: String,
    /// The dose, or why it waits.
    pub detail: Option<String>,
    /// The value with its flag, of a result.
    pub point: Option<Point>,
    /// What an order is weighed by, where it is to be verified and the chart is open.
    pub review: Option<Review>,
    /// `routine`, `stat` and so on, as written.
    pub priority: Option<String>,
    /// Since when it waits.
    pub since: Option<Moment>,
    /// How many minutes that is now.
    pub minutes: Option<i64>,
    /// Who ordered it.
    pub owner: Option<String>,
}

/// All that waits of one kind.
pub(super) fn collect(
    view: View<'_>,
    kind: WaitingKind,
    survey: &Survey,
    glasses: &Glasses,
    now_us: i64,
) -> Result<Vec<Waiting>, StoreError> {
    let house = House { view, survey, glasses, now_us };
    match kind {
        WaitingKind::Acknowledge => house.tasks(kind, (TASK_SYSTEM, ACKNOWLEDGE_TASK), "Observation"),
        WaitingKind::Verify => house.tasks(kind, (TASK_CODE, VERIFY_TASK), "MedicationRequest"),
        WaitingKind::Cosign => house.tasks(kind, (TASK_SYSTEM, COSIGN_TASK), "MedicationRequest"),
        WaitingKind::Returned => house.returned(),
        WaitingKind::Sign => house.drafts(),
    }
}

struct House<'a> {
    view: View<'a>,
    survey: &'a Survey,
    glasses: &'a Glasses,
    now_us: i64,
}

impl House<'_> {
    /// Open Tasks of a code, with what is in their focus.
    fn tasks(
        &self,
        kind: WaitingKind,
        (system, code): (&str, &str),
        focus: &str,
    ) -> Result<Vec<Waiting>, StoreError> {
        let code = format!("{system}|{code}");
        let mut waiting = Vec::new();
        for task in find(self.view, self.now_us, "Task", &[("code", &code), OPEN])? {
            let id = task.get("focus").and_then(|one| reference_id(one, focus));
            let Some(found) = id.map(|id| get(self.view, focus, id)).transpose()?.flatten() else { continue };
            let Some(one) = self.waiting(kind, &found, &task)? else { continue };
            let owner = display(self.view, task.get("owner"))?;
            let detail = concept_of(&task, &["reasonCode"]).or(one.detail);
            waiting.push(Waiting { owner: owner.or(one.owner), detail, ..one });
        }
        Ok(waiting)
    }

    /// Orders on hold whose verification was declined.
    fn returned(&self) -> Result<Vec<Waiting>, StoreError> {
        let code = format!("{TASK_CODE}|{VERIFY_TASK}");
        let mut waiting: Vec<Waiting> = Vec::new();
        for task in find(self.view, self.now_us, "Task", &[("code", &code), ("status", "rejected")])? {
            let id = task.get("focus").and_then(|one| reference_id(one, "MedicationRequest"));
            let found = id.map(|id| get(self.view, "MedicationRequest", id)).transpose()?.flatten();
            let Some(order) = found.filter(|order| text(order, "status") == Some("on-hold")) else {
                continue;
            };
            let is_known = waiting.iter().any(|one| one.about == address(&order));
            let Some(one) = self.waiting(WaitingKind::Returned, &order, &task)?.filter(|_| !is_known) else {
                continue;
            };
            waiting.push(Waiting { detail: concept_of(&order, &["statusReason"]), ..one });
        }
        Ok(waiting)
    }

    /// Orders that nobody has signed.
    fn drafts(&self) -> Result<Vec<Waiting>, StoreError> {
        let mut waiting = Vec::new();
        for kind in ["MedicationRequest", "ServiceRequest"] {
            for order in find(self.view, self.now_us, kind, &[("status", "draft")])? {
                waiting.extend(self.waiting(WaitingKind::Sign, &order, &order)?);
            }
        }
        Ok(waiting)
    }

    /// What waits about a resource, since the moment that `since` says; `None` where it is about no patient.
    fn waiting(
        &self,
        kind: WaitingKind,
        about: &Value,
        since: &Value,
    ) -> Result<Option<Waiting>, StoreError> {
        let patient = about.get("subject").and_then(|subject| reference_id(subject, "Patient"));
        let Some(patient) = patient.map(|id| get(self.view, "Patient", id)).transpose()?.flatten() else {
            return Ok(None);
        };
        let stay = self.stay(&patient);
        let attending = stay.map(|stay| attending_of(self.view, stay)).transpose()?.flatten();
        let moment = match kind {
            WaitingKind::Returned => Moment::first(since, &["/lastModified"]),
            _ => Moment::first(since, &["/authoredOn", "/meta/lastUpdated"]),
        };
        let weighed = kind == WaitingKind::Verify && self.glasses.open(&patient);
        let reviewed = weighed.then(|| review(self.view, &patient, about, self.now_us)).transpose()?;
        let doses: Vec<&str> =
            items(about, "dosageInstruction").iter().filter_map(|dose| text(dose, "text")).collect();
        let reason = || concept_of(about, &["reasonCode"]);
        Ok(Some(Waiting {
            kind,
            unit: stay.and_then(|stay| self.survey.ward_of_stay(stay)).map(name),
            attending,
            about: address(about),
            name: name_of(kind, about),
            detail: if doses.is_empty() { reason() } else { Some(doses.join("; ")) },
            point: (kind == WaitingKind::Acknowledge).then(|| Point::of(about)),
            review: reviewed,
            priority: text(about, "priority").map(str::to_owned),
            minutes: moment.as_ref().and_then(|at| at.at_us).map(|us| (self.now_us - us) / 60_000_000),
            since: moment,
            owner: display(self.view, about.get("requester"))?,
            patient: Identity::of(&patient, self.now_us),
        }))
    }

    /// What keeps a patient in the house now: a stay before a visit to the emergency department.
    fn stay(&self, patient: &Value) -> Option<&Value> {
        let mine = |stay: &&Value| {
            stay.get("subject").and_then(|subject| reference_id(subject, "Patient")) == text(patient, "id")
        };
        self.survey.stays.iter().filter(mine).min_by_key(|stay| is_emergency(stay))
    }
}

fn name_of(kind: WaitingKind, about: &Value) -> String {
    match kind {
        WaitingKind::Acknowledge => {
            label(about.get("code")).unwrap_or_else(|| "a test without a name".to_owned())
        }
        _ if text(about, "resourceType") == Some("MedicationRequest") => medicine(about),
        _ => concept_of(about, &["code"]).unwrap_or_else(|| "an order without a name".to_owned()),
    }
}
