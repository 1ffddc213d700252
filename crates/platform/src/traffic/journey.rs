//! Arrows from entries, and the whole way of a message: from the order to its result.

use std::collections::BTreeSet;

use standards::hl7::message::{Message, Path};
use store::StoreError;
use store::journal::{Entry, Filter};
use store::sandbox::View;

use super::diagram::Arrow;
use super::exchange::{entry, line, message_of};
use super::list::Protocol;
use crate::access::{Access, outcome};

/// Entries that are drawn, at most.
const DRAWN_MAX: usize = 40;
/// Entries about one patient that are looked through, at most.
const LOOKED_MAX: usize = 2_000;

/// What entries show as arrows: what was said, and the answer where the entry tells it. Oldest first.
#[must_use]
pub fn arrows(entries: &[Entry]) -> Vec<Arrow> {
    let mut oldest_first: Vec<&Entry> = entries.iter().collect();
    oldest_first.sort_by_key(|entry| entry.seq);
    oldest_first.into_iter().take(DRAWN_MAX).flat_map(of_entry).collect()
}

fn of_entry(entry: &Entry) -> Vec<Arrow> {
    let event = &entry.event;
    let is_bad = event.outcome != outcome::OK;
    let text = |name: &str| event.detail[name].as_str().unwrap_or_default().to_owned();
    let label = match Protocol::of(&event.kind) {
        Some(Protocol::Fhir) => line(entry),
        Some(Protocol::Hl7) => format!("{} {}", text("event"), text("control_id")),
        _ => event.kind.clone(),
    };
    // What sets out is answered by whoever receives it, in an entry of its own.
    let is_sent_only = event.kind == "hl7.queued";
    let asked = Arrow {
        from: event.source.clone(),
        to: event.target.clone(),
        label: label.trim().to_owned(),
        is_answer: false,
        is_bad: is_bad && is_sent_only,
    };
    if is_sent_only {
        return vec![asked];
    }
    let answer = match (Protocol::of(&event.kind), event.outcome.as_str()) {
        (Some(Protocol::Hl7), outcome::OK) => "AA".to_owned(),
        (Some(Protocol::Hl7), "erred") => "AE".to_owned(),
        (Some(Protocol::Hl7), "rejected") => "AR".to_owned(),
        (_, other) => other.to_owned(),
    };
    let answered = Arrow {
        from: event.target.clone(),
        to: event.source.clone(),
        label: answer,
        is_answer: true,
        is_bad,
    };
    vec![asked, answered]
}

/// Everything on the way of the message that an entry is about: itself, and what carries the same order numbers.
///
/// Of an entry that is about no message, itself alone; `None` if there is no such exchange.
///
/// # Errors
/// When the store fails.
pub fn journey(access: &Access, seq: i64) -> Result<Option<Vec<Entry>>, StoreError> {
    let Some((own, _)) = entry(access, seq)? else { return Ok(None) };
    let Some(number) = message_of(&own.event.detail) else { return Ok(Some(vec![own])) };
    let orders = access.sandbox().view(|view| orders_of(view, number))?;
    let filter = Filter {
        kinds: vec!["hl7.queued".to_owned(), "hl7.received".to_owned()],
        subject: own.event.subject,
        newest_first: true,
        limit: LOOKED_MAX,
        ..Filter::default()
    };
    let candidates = access.sandbox().journal(&filter)?;
    let mut along = access.sandbox().view(|view| {
        let mut along = Vec::new();
        for entry in candidates {
            let Some(other) = message_of(&entry.event.detail) else { continue };
            if other == number || !orders_of(view, other)?.is_disjoint(&orders) {
                along.push(entry);
            }
        }
        Ok::<_, StoreError>(along)
    })?;
    along.sort_by_key(|entry| entry.seq);
    Ok(Some(along))
}

/// The placer's and the filler's numbers of the orders that a message names.
fn orders_of(view: View<'_>, number: i64) -> Result<BTreeSet<String>, StoreError> {
    let Some(kept) = view.message(number)? else { return Ok(BTreeSet::new()) };
    let Ok(message) = Message::parse(kept.body) else { return Ok(BTreeSet::new()) };
    let places = [("ORC", 2), ("ORC", 3), ("OBR", 2), ("OBR", 3)];
    let found = places.iter().filter_map(|(segment, field)| message.get(&Path::field(segment, *field)));
    Ok(found
        .map(|number| number.split('^').next().unwrap_or_default().to_owned())
        .filter(|one| !one.is_empty())
        .collect())
}
