use std::collections::BTreeMap;

use hospital::ehr::Firing;
use serde::Serialize;
use serde_json::{Value, json};
use store::StoreError;
use store::journal::{Entry, Filter};

use crate::access::Access;

/// The journal kind of a rule that spoke.
pub(in crate::ehr) const FIRED: &str = "support.fired";
/// It informed, and the order was signed.
pub(in crate::ehr) const ACCEPTED: &str = "accepted";
/// It warned, and the order was signed with a reason.
pub(in crate::ehr) const OVERRIDDEN: &str = "overridden";
/// It stopped the order.
pub(in crate::ehr) const BLOCKED: &str = "blocked";
/// It warned, and the order was not signed, at least not then.
pub(in crate::ehr) const SHOWN: &str = "shown";

/// Entries looked at for a log.
const ENTRIES_MAX: usize = 5_000;
/// Firings shown of one rule.
const LAST_MAX: usize = 20;

/// The particulars of a journal entry about a rule that spoke.
pub(in crate::ehr) fn fired(firing: &Firing, response: &str, reason: Option<&str>) -> Value {
    let mut detail = json!({
        "rule": firing.rule,
        "version": firing.version,
        "severity": firing.severity.word(),
        "order": firing.order,
        "ordered": firing.ordered,
        "response": response,
    });
    if let Some(reason) = reason {
        detail["reason"] = reason.into();
    }
    detail
}

/// One time a rule spoke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fired {
    /// When, in the hospital's own time, microseconds since 1970 UTC.
    pub at_us: i64,
    /// To whom.
    pub actor: String,
    /// The id of the patient.
    pub patient: Option<String>,
    /// The version of the rule.
    pub version: u64,
    /// `Type/ID` of the order.
    pub order: String,
    /// What was ordered.
    pub ordered: String,
    /// `accepted`, `overridden`, `blocked` or `shown`.
    pub response: String,
    /// Why it was overridden.
    pub reason: Option<String>,
}

/// How often a rule spoke, and what became of it. Each order counts once, as it ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RuleLog {
    /// Orders it spoke about.
    pub orders: usize,
    /// Of these, signed with a reason.
    pub overridden: usize,
    /// Of these, stopped.
    pub blocked: usize,
    /// Of these, signed after information.
    pub accepted: usize,
    /// Of these, not signed after a warning.
    pub shown: usize,
    /// The last times, newest first.
    pub last: Vec<Fired>,
}

impl RuleLog {
    /// The share of orders that were signed with a reason, 0 to 1; nothing where the rule never spoke.
    pub fn overridden_share(&self) -> Option<f64> {
        (self.orders > 0).then(|| self.overridden as f64 / self.orders as f64)
    }
}

/// The logs of all rules that ever spoke, by id.
///
/// # Errors
/// When the store fails.
pub fn rule_logs(access: &Access) -> Result<BTreeMap<String, RuleLog>, StoreError> {
    let filter =
        Filter { kinds: vec![FIRED.to_owned()], newest_first: true, limit: ENTRIES_MAX, ..Filter::default() };
    let mut seen: BTreeMap<(String, String), ()> = BTreeMap::new();
    let mut logs: BTreeMap<String, RuleLog> = BTreeMap::new();
    for entry in access.sandbox().journal(&filter)? {
        let rule = text(&entry.event.detail, "rule");
        let fired = one(&entry);
        let log = logs.entry(rule.clone()).or_default();
        // Newest first: the first entry about an order is how it ended.
        if seen.insert((rule, fired.order.clone()), ()).is_none() {
            log.count(&fired.response);
        }
        if log.last.len() < LAST_MAX {
            log.last.push(fired);
        }
    }
    Ok(logs)
}

/// The log of one rule.
///
/// # Errors
/// When the store fails.
pub fn rule_log(access: &Access, rule: &str) -> Result<RuleLog, StoreError> {
    Ok(rule_logs(access)?.remove(rule).unwrap_or_default())
}

impl RuleLog {
    fn count(&mut self, response: &str) {
        self.orders += 1;
        match response {
            OVERRIDDEN => self.overridden += 1,
            BLOCKED => self.blocked += 1,
            ACCEPTED => self.accepted += 1,
            _ => self.shown += 1,
        }
    }
}

fn one(entry: &Entry) -> Fired {
    let event = &entry.event;
    let patient = event.subject.as_deref().and_then(|subject| subject.strip_prefix("Patient/"));
    let reason = event.detail.get("reason").and_then(Value::as_str);
    Fired {
        at_us: event.virtual_us,
        actor: event.actor.clone(),
        patient: patient.map(str::to_owned),
        version: event.detail.get("version").and_then(Value::as_u64).unwrap_or_default(),
        order: text(&event.detail, "order"),
        ordered: text(&event.detail, "ordered"),
        response: text(&event.detail, "response"),
        reason: reason.map(str::to_owned),
    }
}

fn text(value: &Value, member: &str) -> String {
    value.get(member).and_then(Value::as_str).unwrap_or_default().to_owned()
}
