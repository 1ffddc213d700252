//! Params and their generators.

use jiff::civil::Date;

use super::fields::Fields;
use super::node::{Kind, Node};
use super::read_list::small;
use super::sink::Sink;
use crate::lab::{Generator, Param};
use crate::problem::Place;

const KINDS: [&str; 7] = ["pick", "number", "digits", "date", "minutes_ago", "person", "search"];

/// Reads one entry of `[params]`.
pub(super) fn param(name: &str, key: &Place, node: &Node, sink: &Sink) -> Option<Param> {
    let fields = Fields::new(node, "a param", sink);
    let generator =
        fields.one_of(&KINDS).and_then(|(kind, field)| generator(kind, &fields, &field.node, sink));
    fields.close();
    Some(Param { name: name.to_owned(), generator: generator?, place: key.clone() })
}

fn generator(kind: &str, fields: &Fields<'_>, node: &Node, sink: &Sink) -> Option<Generator> {
    match kind {
        "pick" => pick(node, sink),
        "number" => bounds(node, "a number", sink).map(|(min, max)| Generator::Number { min, max }),
        "digits" => small(fields, "digits", 1, 18).map(Generator::Digits),
        "date" => dates(node, "a date", sink).map(|(from, to)| Generator::Date { from, to }),
        "minutes_ago" => {
            bounds(node, "minutes_ago", sink).map(|(min, max)| Generator::MinutesAgo { min, max })
        }
        "person" => person(node, sink),
        _ => select(fields),
    }
}

fn pick(node: &Node, sink: &Sink) -> Option<Generator> {
    match &node.kind {
        Kind::List(items) if items.len() >= 2 => {
            Some(Generator::Pick(items.iter().map(Node::to_json).collect()))
        }
        _ => {
            sink.say(&node.place, "`pick` has nothing to choose from", "write a list of at least two values");
            None
        }
    }
}

fn bounds(node: &Node, what: &'static str, sink: &Sink) -> Option<(i64, i64)> {
    let fields = Fields::new(node, what, sink);
    let far = 1_000_000_000_000;
    let bound = |key| fields.need(key).and_then(|_| fields.whole(key, -far, far));
    let pair = (bound("min"), bound("max"));
    fields.close();
    let (Some(min), Some(max)) = pair else { return None };
    ordered(min, max, node, sink)
}

fn dates(node: &Node, what: &'static str, sink: &Sink) -> Option<(Date, Date)> {
    let fields = Fields::new(node, what, sink);
    let bound = |key| {
        fields.need(key).and_then(|_| fields.parsed(key, "a day, YYYY-MM-DD", |text| text.parse().ok()))
    };
    let pair = (bound("from"), bound("to"));
    fields.close();
    let (Some(from), Some(to)) = pair else { return None };
    ordered(from, to, node, sink)
}

fn ordered<T: PartialOrd>(low: T, high: T, node: &Node, sink: &Sink) -> Option<(T, T)> {
    if low > high {
        sink.say(&node.place, "the first bound is above the second", "swap them");
        return None;
    }
    Some((low, high))
}

fn person(node: &Node, sink: &Sink) -> Option<Generator> {
    let fields = Fields::new(node, "a person", sink);
    let known = |text: &str| ["female", "male"].contains(&text).then(|| text.to_owned());
    let gender = fields.parsed("gender", "female or male", known);
    let born = fields.need("born").and_then(|born| dates(born, "born", sink));
    fields.close();
    let (from, to) = born?;
    Some(Generator::Person { gender, from, to })
}

fn select(fields: &Fields<'_>) -> Option<Generator> {
    let search = fields.need_text("search");
    let count = if fields.field("count").is_some() { small(fields, "count", 1, 50)? } else { 1 };
    Some(Generator::Select { search, only: fields.text("only"), unless: fields.text("unless"), count })
}
