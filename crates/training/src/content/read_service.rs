//! Checks of kind `service`, and the service that a proof lets answer them.

use std::collections::BTreeMap;

use super::fields::Fields;
use super::node::Node;
use super::read_support;
use super::sink::Sink;
use crate::lab::{Aspect, CheckKind, HiddenOrder, ServiceTest, Step};
use crate::script::{Served, ServedRule, Unfetched};

/// The shortest time within which answers may be asked, and the longest, in milliseconds.
const LATENCY_MS: (i64, i64) = (100, 2_000);
/// Most orders of one check: each is a call whenever the check is judged.
const ORDERS_MAX: usize = 40;
/// The longest that a served answer may be kept back, in milliseconds.
const DELAY_MS_MAX: i64 = 1_800;

/// Reads what is asked of a learner's service.
pub(super) fn service(fields: &Fields<'_>, sink: &Sink) -> ServiceTest {
    let aspect = fields.parsed("aspect", "caught, quiet, prompt or unfetched", |word| match word {
        "caught" => Some(Aspect::Caught),
        "quiet" => Some(Aspect::Quiet),
        "prompt" => Some(Aspect::Prompt(0)),
        "unfetched" => Some(Aspect::Unfetched),
        _ => None,
    });
    fields.need("aspect");
    let latency_ms = fields.whole("latency_ms", LATENCY_MS.0, LATENCY_MS.1);
    let aspect = match (aspect, latency_ms.and_then(|ms| u32::try_from(ms).ok())) {
        (Some(Aspect::Prompt(_)), Some(ms)) => Aspect::Prompt(ms),
        (Some(Aspect::Prompt(_)), None) => {
            sink.say(fields.place, "it is not said how long answers may take", "add latency_ms = 500");
            Aspect::Prompt(500)
        }
        (aspect, _) => aspect.unwrap_or(Aspect::Caught),
    };
    let orders: Vec<HiddenOrder> =
        fields.list("order").iter().map(|node| read_support::order(node, sink)).collect();
    let orders_of = fields.text("orders_of");
    if orders.is_empty() == orders_of.is_none() {
        let remedy = "add `order` tables, or name a check that has some with orders_of";
        sink.say(fields.place, "it is not said which orders the service is asked about", remedy);
    }
    if orders.len() > ORDERS_MAX {
        let what = format!("{} hidden orders are more than {ORDERS_MAX}", orders.len());
        sink.say(fields.place, what, "keep those on either side of each bound");
    }
    for (dangerous, word) in [(true, "dangerous"), (false, "harmless")] {
        if !orders.is_empty() && !orders.iter().any(|order| order.dangerous == dangerous) {
            let remedy =
                format!("add an `order` with dangerous = {dangerous}: a service has to tell the two apart");
            sink.say(fields.place, format!("no hidden order is {word}"), remedy);
        }
    }
    ServiceTest { hook: fields.need_text("hook"), orders, orders_of, aspect }
}

/// Gives every check that names another one's orders these orders.
pub(super) fn share_orders(steps: &mut [Step], sink: &Sink) {
    let all = steps.iter().flat_map(|step| &step.checks);
    let own: BTreeMap<String, Vec<HiddenOrder>> = all
        .filter_map(|check| match &check.kind {
            CheckKind::Service(test) if test.orders_of.is_none() => {
                Some((check.id.clone(), test.orders.clone()))
            }
            _ => None,
        })
        .collect();
    for check in steps.iter_mut().flat_map(|step| &mut step.checks) {
        let CheckKind::Service(test) = &mut check.kind else { continue };
        let Some(name) = &test.orders_of else { continue };
        match own.get(name) {
            Some(orders) => test.orders.clone_from(orders),
            None => sink.say(
                &check.place,
                format!("`orders_of` names `{name}`, which has no orders"),
                "name a check of kind service that has `order` tables",
            ),
        }
    }
}

/// Reads a service that a script lets answer.
pub(super) fn served(node: &Node, sink: &Sink) -> Served {
    let fields = Fields::new(node, "a service action", sink);
    let unfetched = fields.parsed("unfetched", "refuse, ignore or fail", |word| match word {
        "refuse" => Some(Unfetched::Refuse),
        "ignore" => Some(Unfetched::Ignore),
        "fail" => Some(Unfetched::Fail),
        _ => None,
    });
    let delay_ms = fields.whole("delay_ms", 0, DELAY_MS_MAX).and_then(|ms| u32::try_from(ms).ok());
    let rules = fields.list("rule").iter().map(|node| {
        let fields = Fields::new(node, "a rule of a service", sink);
        let rule = ServedRule {
            when: fields.need_text("when"),
            indicator: fields.text("indicator").unwrap_or_else(|| "warning".to_owned()),
            summary: fields.need_text("summary"),
        };
        fields.close();
        rule
    });
    let served = Served {
        id: fields.need_text("id"),
        hook: fields.need_text("hook"),
        prefetch: fields.texts("prefetch"),
        unfetched: unfetched.unwrap_or(Unfetched::Refuse),
        delay_ms: delay_ms.unwrap_or(0),
        rules: rules.collect(),
    };
    for key in &served.prefetch {
        if Served::template(key).is_none() {
            sink.say(
                fields.place,
                format!("there is no prefetch called `{key}`"),
                "name some of patient, allergies, medications, results",
            );
        }
    }
    fields.close();
    served
}
