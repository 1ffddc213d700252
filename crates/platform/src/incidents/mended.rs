//! How far results that no laboratory has found are out of the chart, and the right ones in it.

use std::collections::BTreeSet;

use security::actors::Order;
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;

use super::orders::tenths_of;
use super::truth::{Truth, What};
use crate::ehr::lookup::find;

/// Of the false results, the share that is marked as an error, with the laboratory's own beside it where that is due; and of those
/// the laboratory had sent before, the share that does not stand any more. With a sentence for both.
pub(super) fn mended(view: View<'_>, truth: &Truth, now_us: i64) -> Result<(f64, f64, String), StoreError> {
    let mut forged: BTreeSet<&str> =
        truth.damaged.keys().filter_map(|at| at.strip_prefix("ServiceRequest/")).collect();
    forged.extend(truth.course.outcomes.iter().filter_map(|outcome| match &outcome.what {
        What::Got { record: Some(at), .. } => at.strip_prefix("ServiceRequest/"),
        _ => None,
    }));
    let (mut right, mut gone) = (0_usize, 0_usize);
    for order in truth.ground.orders.iter().filter(|order| forged.contains(order.id.as_str())) {
        let results = results(view, order, now_us)?;
        let stands = |genuine: bool| {
            let counts =
                |one: &&Value| one["status"] == "final" && (tenths_of(one) == Some(order.tenths)) == genuine;
            results.iter().any(|one| counts(&one))
        };
        // A result that was deleted is no longer where whoever acted on it looks for it.
        let is_told = results.iter().any(|one| one["status"] == "entered-in-error");
        right += usize::from(is_told && !stands(false) && (order.due_us > now_us || stands(true)));
    }
    let genuine = truth.scene.genuine(&truth.ground);
    for order in genuine {
        let is_there = |one: &Value| one["status"] == "final" && tenths_of(one) == Some(order.tenths);
        gone += usize::from(!results(view, order, now_us)?.iter().any(is_there));
    }
    let said = format!(
        "Of {} false results, {right} are marked as entered in error with the laboratory's own in their place, or on its way; of {} \
         that the laboratory had sent before, {gone} do not stand any more.",
        forged.len(),
        genuine.len()
    );
    Ok((share(right, forged.len(), 1.0), share(gone, genuine.len(), 0.0), said))
}

fn results(view: View<'_>, order: &Order, now_us: i64) -> Result<Vec<Value>, StoreError> {
    find(view, now_us, "Observation", &[("based-on", &format!("ServiceRequest/{}", order.id))])
}

#[allow(clippy::cast_precision_loss, reason = "counts of a lab are small")]
fn share(part: usize, of: usize, of_none: f64) -> f64 {
    if of == 0 { of_none } else { part as f64 / of as f64 }
}
