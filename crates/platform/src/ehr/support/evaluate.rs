use std::sync::LazyLock;

use fhirpath::Engine;
use hospital::ehr::{ChartFacts, Firing, Rule, Severity, rule_of, signed_order, title_of};
use serde_json::{Value, json};
use standards::fhir::path::FhirPath;
use store::StoreError;
use store::sandbox::View;

use super::facts::{chart_facts, orderable_of, orderables, rules_in_force};

/// One engine for the process: it keeps nothing but expressions it has read.
static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::default);

/// Why a condition cannot be evaluated at all, if so: tried on an order about which nothing is known.
pub(in crate::ehr) fn unreadable(condition: &str, now_us: i64) -> Option<String> {
    let order = json!({"resourceType": "ServiceRequest", "status": "draft"});
    let variables = ChartFacts::default().variables(&order, None, now_us);
    ENGINE.evaluate(condition, &order, &variables).err().map(|error| error.to_string())
}

/// Whether a rule speaks about an order; what cannot be evaluated on it does not.
pub(super) fn speaks(
    rule: &Rule,
    order: &Value,
    orderable: Option<&Value>,
    facts: &ChartFacts,
    now_us: i64,
) -> bool {
    let variables = facts.variables(order, orderable, now_us);
    let found = ENGINE.evaluate(&rule.condition, order, &variables);
    found.is_ok_and(|found| matches!(found.as_slice(), [Value::Bool(true)]))
}

/// What the rules in force say about orders that are to be signed together, in that order: each is judged with those
/// before it in force.
pub(in crate::ehr) fn judge(
    view: View<'_>,
    patient: &Value,
    orders: &[Value],
    author: &str,
    now_us: i64,
) -> Result<Vec<Firing>, StoreError> {
    weigh(view, chart_facts(view, patient, now_us)?, orders, author, now_us)
}

/// The same by facts that are known already, whoever gathered them.
pub(crate) fn weigh(
    view: View<'_>,
    mut facts: ChartFacts,
    orders: &[Value],
    author: &str,
    now_us: i64,
) -> Result<Vec<Firing>, StoreError> {
    let rules: Vec<Rule> = rules_in_force(view, now_us)?.iter().filter_map(rule_of).collect();
    let catalogue = orderables(view, now_us)?;
    let mut firings = Vec::new();
    for order in orders {
        let name = address(order);
        facts.orders.retain(|other| address(other) != name);
        let orderable = orderable_of(&catalogue, order);
        let loud = rules.iter().filter(|rule| speaks(rule, order, orderable.as_ref(), &facts, now_us));
        firings.extend(loud.map(|rule| firing(rule, order, &facts.patient)));
        facts.orders.push(signed_order(order, author, now_us));
    }
    firings.sort_by_key(|firing| std::cmp::Reverse(loudness(firing.severity)));
    Ok(firings)
}

fn loudness(severity: Severity) -> u8 {
    match severity {
        Severity::Info => 0,
        Severity::Warning => 1,
        Severity::Stop => 2,
    }
}

fn firing(rule: &Rule, order: &Value, patient: &Value) -> Firing {
    Firing {
        rule: rule.id.clone(),
        version: rule.version,
        title: rule.title.clone(),
        patient: text(patient, "id"),
        order: address(order),
        ordered: ordered(order),
        severity: rule.severity,
        message: rule.message.clone(),
    }
}

/// What an order is for, in words.
pub(super) fn ordered(order: &Value) -> String {
    let concept = ["code", "medicationCodeableConcept"].into_iter().find_map(|member| order.get(member));
    let words = concept.and_then(|concept| {
        let display = concept.pointer("/coding/0/display");
        concept.get("text").or(display).and_then(Value::as_str)
    });
    words.unwrap_or_else(|| title_of(order)).to_owned()
}

pub(super) fn address(resource: &Value) -> String {
    format!("{}/{}", text(resource, "resourceType"), text(resource, "id"))
}

fn text(value: &Value, member: &str) -> String {
    value.get(member).and_then(Value::as_str).unwrap_or_default().to_owned()
}
