use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use hospital::calendar::{DAY_US, instant_text};
use hospital::ehr::{ChartFacts, Rule, newest_results, reference_id};
use serde::Serialize;
use serde_json::Value;
use standards::fhir::instant;
use store::StoreError;
use store::sandbox::View;

use super::evaluate::{address, ordered, speaks};
use super::facts::{chart_facts, orderable_of, orderables};
use crate::access::Access;
use crate::ehr::lookup::{find, get};

/// Days one may look back.
pub const REPLAY_DAYS_MAX: i64 = 366;
/// Orders looked at.
const ORDERS_MAX: usize = 2_000;
/// How long a replay may take.
const TIME_MAX: Duration = Duration::from_secs(5);
/// Orders named of those a rule would have spoken about.
const NAMED_MAX: usize = 50;

/// The types of orders, the search parameter for when they were signed, and how to have the newest first.
const ORDERS: [(&str, &str, &str); 2] =
    [("MedicationRequest", "authoredon", "-authoredon"), ("ServiceRequest", "authored", "-authored")];

/// What a rule would have said about the orders of the last days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Replay {
    /// Orders looked at.
    pub orders: usize,
    /// Orders it would have spoken about.
    pub fires: usize,
    /// Whether there were more orders than could be looked at.
    pub cut_short: bool,
    /// The first of those it would have spoken about, newest first.
    pub named: Vec<Replayed>,
}

/// An order that a rule would have spoken about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replayed {
    /// `Type/ID` of the order.
    pub order: String,
    /// What was ordered.
    pub ordered: String,
    /// The id of the patient.
    pub patient: String,
    /// When it was signed, as written.
    pub signed: String,
}

/// Runs a rule over the orders that were signed in the last `days`, newest first, each with what was known then: results
/// and orders from before it. Changes nothing.
///
/// # Errors
/// When the store fails.
#[allow(clippy::disallowed_methods, reason = "a limit on the machine's own work, not the hospital's time")]
pub fn replay_rule(access: &Access, rule: &Rule, days: i64) -> Result<Replay, StoreError> {
    let now_us = access.virtual_us();
    let since = instant_text(now_us.saturating_sub(days.clamp(1, REPLAY_DAYS_MAX) * DAY_US));
    let started = Instant::now();
    access.sandbox().view(|view| {
        let mut orders = Vec::new();
        for (kind, signed, newest) in ORDERS {
            orders.extend(find(view, now_us, kind, &[(signed, &format!("ge{since}")), ("_sort", newest)])?);
        }
        orders.retain(|order| order.get("status").and_then(Value::as_str) != Some("draft"));
        orders.sort_by_key(|order| std::cmp::Reverse(signed_text(order).to_owned()));
        let mut past = Past { view, now_us, catalogue: orderables(view, now_us)?, charts: BTreeMap::new() };
        let mut replay = Replay { cut_short: orders.len() > ORDERS_MAX, ..Replay::default() };
        for order in orders.iter().take(ORDERS_MAX) {
            if started.elapsed() > TIME_MAX {
                replay.cut_short = true;
                break;
            }
            replay.orders += 1;
            if past.would_speak(rule, order)? {
                replay.fires += 1;
                if replay.named.len() < NAMED_MAX {
                    replay.named.push(named(order));
                }
            }
        }
        Ok(replay)
    })
}

/// What was known when.
struct Past<'a> {
    view: View<'a>,
    now_us: i64,
    catalogue: Vec<Value>,
    charts: BTreeMap<String, Option<Chart>>,
}

/// A chart with all its results, of which each order saw those before it.
struct Chart {
    facts: ChartFacts,
    results: Vec<Value>,
}

impl Past<'_> {
    fn would_speak(&mut self, rule: &Rule, order: &Value) -> Result<bool, StoreError> {
        let Some(signed_us) = instant::parse(signed_text(order)) else { return Ok(false) };
        let Some(patient) = patient_of(order) else { return Ok(false) };
        if !self.charts.contains_key(patient) {
            let chart = self.chart(patient)?;
            self.charts.insert(patient.to_owned(), chart);
        }
        let Some(Some(chart)) = self.charts.get(patient) else { return Ok(false) };
        let (signed, name) = (signed_text(order), address(order));
        let is_before = |at: &str| !at.is_empty() && at <= signed;
        let results = chart.results.iter().filter(|result| is_before(taken_text(result))).cloned();
        let others =
            chart.facts.orders.iter().filter(|other| address(other) != name && is_before(signed_text(other)));
        let facts = ChartFacts {
            results: newest_results(results.collect()),
            orders: others.cloned().collect(),
            ..chart.facts.clone()
        };
        let orderable = orderable_of(&self.catalogue, order);
        Ok(speaks(rule, order, orderable.as_ref(), &facts, signed_us))
    }

    fn chart(&self, patient: &str) -> Result<Option<Chart>, StoreError> {
        let Some(found) = get(self.view, "Patient", patient)? else { return Ok(None) };
        let facts = chart_facts(self.view, &found, self.now_us)?;
        let mine = format!("Patient/{patient}");
        let criteria = [("patient", mine.as_str()), ("category", "laboratory")];
        let results = find(self.view, self.now_us, "Observation", &criteria)?;
        Ok(Some(Chart { facts, results }))
    }
}

fn named(order: &Value) -> Replayed {
    Replayed {
        order: address(order),
        ordered: ordered(order),
        patient: patient_of(order).unwrap_or_default().to_owned(),
        signed: signed_text(order).to_owned(),
    }
}

fn patient_of(order: &Value) -> Option<&str> {
    reference_id(order.get("subject")?, "Patient")
}

fn signed_text(order: &Value) -> &str {
    order.get("authoredOn").and_then(Value::as_str).unwrap_or_default()
}

fn taken_text(result: &Value) -> &str {
    let taken = ["effectiveDateTime", "issued"].into_iter().find_map(|member| result.get(member)?.as_str());
    taken.unwrap_or_default()
}
