//! Checks of kind `support`: hidden orders, read so far that a slip of the pen is found with its line.

use super::fields::Fields;
use super::node::{Kind, Node};
use super::sink::Sink;
use crate::lab::{HiddenOrder, SupportTest};

/// Most orders of one check: each is held against every rule whenever the check is judged.
const ORDERS_MAX: usize = 60;

/// Reads the orders and the bound.
pub(super) fn support(fields: &Fields<'_>, sink: &Sink) -> SupportTest {
    let shape = "a share of the harmless orders such as `<= 0.1`";
    let interrupted_max = fields.need("interrupted").and_then(|_| fields.parsed("interrupted", shape, bound));
    let nodes = fields.list("order");
    let orders: Vec<HiddenOrder> = nodes.iter().map(|node| order(node, sink)).collect();
    if nodes.len() > ORDERS_MAX {
        let what = format!("{} hidden orders are more than {ORDERS_MAX}", nodes.len());
        sink.say(fields.place, what, "keep those on either side of each bound");
    }
    for (dangerous, word) in [(true, "dangerous"), (false, "harmless")] {
        if !orders.iter().any(|order| order.dangerous == dangerous) {
            sink.say(
                fields.place,
                format!("no hidden order is {word}"),
                format!("add an `order` with dangerous = {dangerous}: a rule has to tell the two apart"),
            );
        }
    }
    SupportTest { orders, interrupted_max: interrupted_max.unwrap_or(0.0) }
}

fn bound(text: &str) -> Option<f64> {
    let number: f64 = text.strip_prefix("<=")?.trim().parse().ok()?;
    (0.0..=1.0).contains(&number).then_some(number)
}

/// Reads one hidden order.
pub(super) fn order(node: &Node, sink: &Sink) -> HiddenOrder {
    let fields = Fields::new(node, "a hidden order", sink);
    fields.need_text("orderable");
    let dangerous = match fields.need("dangerous").map(|node| &node.kind) {
        Some(Kind::Flag(dangerous)) => *dangerous,
        Some(_) => {
            sink.say(fields.place, "`dangerous` must be true or false", "write dangerous = true");
            false
        }
        None => false,
    };
    for key in ["age", "sex", "egfr"] {
        fields.node(key).into_iter().for_each(|node| plain(node, key, sink));
    }
    fields.list("allergies").iter().for_each(|node| plain(node, "allergies", sink));
    for node in fields.list("results") {
        part(node, "a result", &["test", "value"], &["hours_ago"], sink);
    }
    for node in fields.list("orders") {
        part(node, "another order", &["orderable"], &["status", "hours_ago"], sink);
    }
    let place = fields.place.clone();
    fields.close();
    let mut order = node.to_json();
    if let Some(members) = order.as_object_mut() {
        members.shift_remove("dangerous");
    }
    HiddenOrder { dangerous, order, place }
}

/// A table of plain values, of which some have to be there.
fn part(node: &Node, what: &'static str, needed: &[&'static str], allowed: &[&'static str], sink: &Sink) {
    let fields = Fields::new(node, what, sink);
    for key in needed {
        fields.need(key);
    }
    for key in needed.iter().chain(allowed) {
        fields.node(key).into_iter().for_each(|node| plain(node, key, sink));
    }
    fields.close();
}

fn plain(node: &Node, key: &str, sink: &Sink) {
    if !matches!(node.kind, Kind::Text(_) | Kind::Whole(_) | Kind::Number(_)) {
        let found = node.kind_word();
        sink.say(&node.place, format!("`{key}` must be a text or a number, not {found}"), "write it plainly");
    }
}
