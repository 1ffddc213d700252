//! Checks on what the journal holds.

use super::judge::Finding;
use super::request::place;
use crate::facts::{Entry, Observed};
use crate::lab::{Duration, Filter, JournalExpect};
use crate::text::Values;

/// Judges counts, order and time.
pub(super) fn judge(
    filter: &Filter,
    expect: &JournalExpect,
    values: &Values,
    observed: &[Observed],
) -> Result<Finding, String> {
    let Some(Observed::Entries(entries)) = observed.first() else {
        return Err("the journal was not answered with entries".to_owned());
    };
    let placed = |filter: &Filter| place(filter, values).map_err(|error| error.to_string());
    let filter = placed(filter)?;
    let matching: Vec<&Entry> = entries.iter().filter(|entry| filter.matches(entry)).collect();
    let order = expect.order.iter().map(placed).collect::<Result<Vec<_>, _>>()?;
    let chain = in_order(&matching, &order);
    let counted = expect.count.holds(matching.len() as u64);
    let ordered = chain.len() == order.len();
    let span = span_us(if order.is_empty() { &matching } else { &chain });
    let in_time = expect.within.is_none_or(|within| span <= within.us);
    let mut observed = format!("The journal holds {} such {}.", matching.len(), entries_word(matching.len()));
    if !ordered {
        observed.push_str(&format!(" {} of {} steps came in the right order.", chain.len(), order.len()));
    }
    if counted && ordered && !in_time {
        observed.push_str(&format!(" They lie {} apart.", Duration { us: span }));
    }
    Ok(Finding {
        passed: counted && ordered && in_time,
        observed,
        location: matching.last().map(|entry| format!("journal entry {}", entry.seq)),
        detail: format!("expected {} matching {filter:?}; seen {:?}", expect.count, seqs(&matching)),
    })
}

/// The entries that satisfy the order, each the first one later than the one before.
fn in_order<'a>(entries: &[&'a Entry], order: &[Filter]) -> Vec<&'a Entry> {
    let mut chain = Vec::new();
    let mut rest = entries.iter();
    for step in order {
        match rest.find(|entry| step.matches(entry)) {
            Some(entry) => chain.push(*entry),
            None => break,
        }
    }
    chain
}

fn span_us(entries: &[&Entry]) -> i64 {
    match (entries.first(), entries.last()) {
        (Some(first), Some(last)) => last.virtual_time_us.saturating_sub(first.virtual_time_us),
        _ => 0,
    }
}

fn seqs(entries: &[&Entry]) -> Vec<u64> {
    entries.iter().map(|entry| entry.seq).collect()
}

fn entries_word(count: usize) -> &'static str {
    if count == 1 { "entry" } else { "entries" }
}
