use serde_json::Value;

use crate::ehr::error::{EhrError, Problems};
use crate::ehr::shape::text_at;
use crate::ehr::support::{Firing, Severity};

/// What the hospital knows about an order that a pharmacist decides on.
#[derive(Debug, Clone, Default)]
pub struct ReviewFacts<'a> {
    /// The order, if there is one.
    pub order: Option<&'a Value>,
    /// Its Tasks of verification that are still open.
    pub tasks: &'a [Value],
    /// What rules say about the order as the chart is now.
    pub firings: &'a [Firing],
    /// Who decides, as people read it.
    pub author: &'a str,
}

impl<'a> ReviewFacts<'a> {
    /// The order and the Task that asks for its verification.
    ///
    /// # Errors
    /// [`EhrError::Fields`] when there is no such order, or nothing about it waits.
    pub(super) fn waiting(&self) -> Result<(&'a Value, &'a Value), EhrError> {
        let list = "open the list of orders to verify again";
        let order = self.order.ok_or_else(|| EhrError::field("order", "there is no such order", list))?;
        if text_at(order, "status") != Some("active") {
            let status = text_at(order, "status").unwrap_or("without a status");
            return Err(EhrError::field("order", format!("this order is {status}"), list));
        }
        let task = self.tasks.first();
        let task =
            task.ok_or_else(|| EhrError::field("order", "this order waits for no verification", list))?;
        Ok((order, task))
    }

    /// Adds what rules say against the order: a warning where no reason is given, a stop in any case.
    pub(super) fn check_rules(&self, problems: &mut Problems, reason: Option<&str>) {
        add_stopped(problems, self.firings);
        let warnings = self.firings.iter().filter(|firing| firing.severity == Severity::Warning);
        for firing in warnings.filter(|_| reason.is_none()) {
            problems.add("override_reason", said(firing), "write why it may be given nevertheless");
        }
    }
}

/// Refuses an order that a rule stops.
///
/// # Errors
/// [`EhrError::Fields`], with what each such rule says.
pub fn refuse_stopped(firings: &[Firing]) -> Result<(), EhrError> {
    let mut problems = Problems::default();
    add_stopped(&mut problems, firings);
    problems.settle()
}

fn add_stopped(problems: &mut Problems, firings: &[Firing]) {
    for firing in firings.iter().filter(|firing| firing.severity == Severity::Stop) {
        problems.add("order", said(firing), "return it to the prescriber");
    }
}

fn said(firing: &Firing) -> String {
    format!("{}: {}", firing.title, firing.message.trim_end_matches('.'))
}
