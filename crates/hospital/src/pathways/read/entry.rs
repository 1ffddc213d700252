//! `[entry]` and `[live]`: who takes a pathway, and when.

use std::collections::BTreeMap;

use super::guard::{self, SEXES, SMOKING};
use super::node::Node;
use super::state::target;
use super::table::{Reader, Table};
use super::values::{law, word};
use crate::calendar::DAY_US;
use crate::pathways::{Door, Entry, Law, Live, Rate, Risk};

#[derive(Clone, Copy)]
enum Kind {
    Always,
    Birth,
    Condition,
    Yearly,
}

const KINDS: [(&str, Kind); 4] = [
    ("always", Kind::Always),
    ("birth", Kind::Birth),
    ("condition", Kind::Condition),
    ("yearly", Kind::Yearly),
];
const DOORS: [(&str, Door); 3] =
    [("emergency", Door::Emergency), ("planned", Door::Planned), ("clinic", Door::Clinic)];

/// Who takes the pathway in a history.
pub(super) fn entry(reader: &Reader<'_>, pathway: &mut Table<'_>) -> Option<Entry> {
    pathway
        .need("entry", "say who takes the pathway: `[entry]` with `kind` always, birth, condition or yearly");
    let mut table = pathway.table("entry")?;
    table.need("kind", "write always, birth, condition or yearly");
    let entry = match word(&mut table, "kind", &KINDS)? {
        Kind::Always => Some(Entry::Always),
        Kind::Birth => Some(Entry::Birth),
        Kind::Condition => {
            table.need("condition", "name a condition, such as \"asthma\"");
            let named = table.text("condition");
            named
                .and_then(|(line, name)| guard::condition(reader, line, "condition", &name))
                .map(Entry::Condition)
        }
        Kind::Yearly => Some(yearly(reader, &mut table)),
    };
    table.done();
    entry
}

fn yearly(reader: &Reader<'_>, table: &mut Table<'_>) -> Entry {
    table.need("rate", "write rows such as `rate = [{ ages = [18, 64], per_1000 = 12 }]`");
    let rates = table.list("rate").into_iter().filter_map(|row| rate(reader, row)).collect();
    let risks = table.list("risk").into_iter().filter_map(|row| risk(reader, row)).collect();
    let rest_us = match law(table, "rest") {
        Some(Law::Exactly(us)) => us,
        Some(_) => {
            reader.say(table.line, "`rest` is a range", "write one length of time, such as \"60 days\"");
            0
        }
        None => 30 * DAY_US,
    };
    Entry::Yearly { rates, risks, rest_us, once: table.flag("once") }
}

fn rate(reader: &Reader<'_>, row: Node) -> Option<Rate> {
    let mut table = reader.table(row, "a rate")?;
    let ages = guard::ages(&mut table).unwrap_or((0, 200));
    let sex = word(&mut table, "sex", &SEXES);
    table.need("per_1000", "write how many of a thousand begin in a year");
    let per_1000 = table.number("per_1000", 0.0, 1000.0);
    table.done();
    Some(Rate { ages, sex, per_1000: per_1000? })
}

fn risk(reader: &Reader<'_>, row: Node) -> Option<Risk> {
    let mut table = reader.table(row, "a risk")?;
    let has = table.text("has").and_then(|(line, name)| guard::condition(reader, line, "has", &name));
    let smoking = word(&mut table, "smoking", &SMOKING);
    table.need("times", "write by how much the rate is multiplied");
    let times = table.number("times", 0.0, 100.0);
    if has.is_none() && smoking.is_none() {
        reader.say(table.line, "a risk of nobody", "write `has` or `smoking`");
    }
    table.done();
    Some(Risk { has, smoking, times: times? })
}

/// How the pathway begins in live play.
pub(super) fn live(
    reader: &Reader<'_>,
    mut table: Table<'_>,
    names: &BTreeMap<String, usize>,
) -> Option<Live> {
    table.need("door", "write emergency, planned or clinic");
    let door = word(&mut table, "door", &DOORS);
    table.need("from", "name the state that a newcomer begins in");
    let from = target(reader, &mut table, "from", names);
    table.need("share", "write its share of those who come through this door");
    let share = table.number("share", 0.0, 1e6);
    let who = guard::fields(&mut table);
    table.done();
    Some(Live { door: door?, from: from?, share: share?, who })
}
