use standards::hl7::message::Message;

use super::answer::Answer;
use super::hold::Holding;
use super::{clinical, follow, orders, results};
use crate::topology::{System, SystemKind};

/// What a system makes of a message, given what it holds. The chart is no such system: what it makes of one is its own
/// business.
pub fn receive(system: &System, message: &Message, holding: &dyn Holding, now_us: i64) -> Answer {
    let event = message.kind();
    let (code, trigger) = event.split_once('^').unwrap_or((&event, ""));
    let take = |turnaround_min| orders::take(&event, message, holding, turnaround_min, now_us);
    match (system.kind, code) {
        (SystemKind::Outside | SystemKind::Infrastructure | SystemKind::Engine, _) => {
            Answer::accept(Vec::new())
        }
        (_, "ADT") => follow::follow(trigger, message, holding),
        (SystemKind::Lis, "OML") | (SystemKind::Ris, "ORM") => take(system.turnaround_min),
        (SystemKind::Pharmacy, "RDE") => {
            let answer = take(None);
            let accepted = answer.reason.is_none();
            answer.and_send(accepted.then(|| orders::forward(message)).into_iter().collect())
        }
        (SystemKind::Follower, "RDE") => take(None),
        (SystemKind::Lis, "ORU") => Answer::accept(Vec::new()),
        (SystemKind::Billing, "DFT") => clinical::charge(message, holding),
        (SystemKind::Follower, "MDM") => clinical::document(message),
        (SystemKind::Registry, "VXU") => clinical::vaccination(message, holding),
        _ => Answer::reject(format!("{} does not take {event}", system.id)),
    }
}

/// What a system does when the time of an order has come.
pub fn come_due(system: &System, order: &str, holding: &dyn Holding, now_us: i64) -> Answer {
    match system.kind {
        SystemKind::Lis | SystemKind::Ris => results::report(order, holding, now_us),
        _ => Answer::accept(Vec::new()),
    }
}
