//! A pharmacist's decision on an order, and the prescriber's countersignature under a changed one.

use hospital::ehr::{
    COSIGN_TASK, ChangeOrder, CosignFacts, CosignOrder, EhrError, Entered, Firing, ReturnOrder, ReviewFacts,
    VerifyOrder, change_order, cosign_order, is_verification, refuse_stopped, return_order, verify_order,
};
use serde_json::Value;

use super::decide::{Decision, Occasion, Write, version};
use super::desk::{Desk, id_of, patient_of};
use super::error::CommandError;
use super::orders::next;
use crate::ehr::lookup::has_code;
use crate::ehr::support::judge;

pub(super) fn verify(
    command: &VerifyOrder,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let review = Review::open(&command.order, desk, occasion)?;
    review.check_version(version(&command.expected_version)?)?;
    let facts = review.facts(occasion.author);
    let (provenance, task) = verify_order(command, &facts, occasion.now_us, &(occasion.new_id)())?;
    let writes = vec![Write::New(provenance), next(task, None)];
    Ok(review.decision(writes, "Verified the order. It may be given."))
}

pub(super) fn give_back(
    command: &ReturnOrder,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let review = Review::open(&command.order, desk, occasion)?;
    let (order, task) = return_order(command, &review.facts(occasion.author), occasion.now_us)?;
    let writes = vec![next(order, version(&command.expected_version)?), next(task, None)];
    Ok(review.decision(writes, "Returned the order to its prescriber. It is on hold."))
}

pub(super) fn change(
    command: &ChangeOrder,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let review = Review::open(&command.order, desk, occasion)?;
    let facts = review.facts(occasion.author);
    let done = change_order(command, &facts, occasion.now_us, occasion.new_id)?;
    let new = done.written.first().cloned().unwrap_or_default();
    refuse_stopped(&review.judged(&new, desk, occasion)?)?;
    let expected = version(&command.expected_version)?;
    let changed = done.changed.into_iter().enumerate();
    let changed = changed.map(|(at, one)| next(one, expected.filter(|_| at == 0)));
    let writes = done.written.into_iter().map(Write::New).chain(changed).collect();
    Ok(review
        .decision(writes, "Changed the order. The new one may be given; the prescriber countersigns it."))
}

pub(super) fn cosign(
    command: &CosignOrder,
    desk: &Desk<'_>,
    occasion: &mut Occasion<'_>,
) -> Result<Decision, CommandError> {
    let order = desk.named("MedicationRequest", &command.order)?;
    let mut tasks = match &order {
        Some(order) => desk.open_tasks(&address(order))?,
        None => Vec::new(),
    };
    tasks.retain(|task| has_code(task.get("code"), COSIGN_TASK));
    let facts = CosignFacts { order: order.as_ref(), tasks: &tasks, author: occasion.author };
    let done = cosign_order(&facts, occasion.now_us)?;
    let patient = order.as_ref().and_then(patient_of).unwrap_or_default().to_owned();
    let writes = done.into_iter().map(|task| next(task, None)).collect();
    let message = "Countersigned the order.".to_owned();
    Ok(Decision { patient, writes, message, ..Decision::default() })
}

/// An order that somebody decides on, with all that the decision goes by.
struct Review {
    order: Option<Value>,
    patient: Option<Value>,
    tasks: Vec<Value>,
    firings: Vec<Firing>,
}

impl Review {
    fn open(order: &Entered, desk: &Desk<'_>, occasion: &Occasion<'_>) -> Result<Self, CommandError> {
        let order = desk.named("MedicationRequest", order)?;
        let subject = order.as_ref().and_then(patient_of).unwrap_or_default();
        let patient = desk.named("Patient", &subject.into())?;
        let mut review = Self { order: None, patient, tasks: Vec::new(), firings: Vec::new() };
        if let Some(order) = order {
            review.tasks = desk.open_tasks(&address(&order))?;
            review.tasks.retain(is_verification);
            review.firings = review.judged(&order, desk, occasion)?;
            review.order = Some(order);
        }
        Ok(review)
    }

    /// What the rules say about an order as the chart is now.
    fn judged(
        &self,
        order: &Value,
        desk: &Desk<'_>,
        occasion: &Occasion<'_>,
    ) -> Result<Vec<Firing>, CommandError> {
        let Some(patient) = &self.patient else { return Ok(Vec::new()) };
        Ok(judge(desk.view(), patient, std::slice::from_ref(order), occasion.author, occasion.now_us)?)
    }

    fn facts<'a>(&'a self, author: &'a str) -> ReviewFacts<'a> {
        ReviewFacts { order: self.order.as_ref(), tasks: &self.tasks, firings: &self.firings, author }
    }

    /// Refuses to verify another version than the one that was looked at: the order itself is not written, so nothing else
    /// would notice.
    fn check_version(&self, expected: Option<u64>) -> Result<(), CommandError> {
        let now = self.order.as_ref().and_then(|order| order.pointer("/meta/versionId")?.as_str());
        let now = now.and_then(|version| version.parse::<u64>().ok());
        if expected.is_some() && now.is_some() && expected != now {
            let what = "this order was changed since the form was opened";
            return Err(EhrError::field("order", what, "look at it as it is now, and decide again").into());
        }
        Ok(())
    }

    fn decision(&self, writes: Vec<Write>, message: &str) -> Decision {
        let patient = self.patient.as_ref().map_or("", id_of).to_owned();
        Decision { patient, writes, message: message.to_owned(), ..Decision::default() }
    }
}

fn address(order: &Value) -> String {
    format!("MedicationRequest/{}", id_of(order))
}
