use security::telemetry::{Record, Signal};
use store::StoreError;
use store::journal::{Entry, Filter};

use super::known::Known;
use crate::access::Access;

/// The most entries the desk looks at: the newest of them.
pub(super) const ENTRIES_MAX: usize = 200_000;

/// The newest entries of the journal as records, oldest first. With `about_care`, they say how people stood to patients, for which
/// every chart that somebody opened is looked into.
pub(super) fn records(access: &Access, filter: Filter, about_care: bool) -> Result<Vec<Record>, StoreError> {
    let entries = newest(access, filter)?;
    let known = if about_care { Some(Known::of(access, &entries)?) } else { None };
    Ok(entries.into_iter().map(|entry| record(entry, known.as_ref())).collect())
}

/// The newest entries of the journal, oldest first.
pub(super) fn newest(access: &Access, filter: Filter) -> Result<Vec<Entry>, StoreError> {
    let limit = if filter.limit == 0 { ENTRIES_MAX } else { filter.limit.min(ENTRIES_MAX) };
    let mut entries = access.sandbox().journal(&Filter { newest_first: true, limit, ..filter })?;
    entries.reverse();
    Ok(entries)
}

/// All of them as signals, with the fields of [`ABOUT_CARE`](security::telemetry::ABOUT_CARE) where somebody asks for them.
pub(crate) fn signals(access: &Access, about_care: bool) -> Result<Vec<Signal>, StoreError> {
    Ok(records(access, Filter::default(), about_care)?.iter().map(Signal::of).collect())
}

pub(super) fn record(entry: Entry, known: Option<&Known>) -> Record {
    let Entry { seq, event, .. } = entry;
    let about = known.zip(event.subject.as_deref());
    Record {
        seq,
        time_us: event.virtual_us,
        restricted: about.and_then(|(known, subject)| known.restricted.get(subject).copied()),
        care: about
            .and_then(|(known, subject)| known.roster.relation(&event.actor, subject, event.virtual_us)),
        actor: event.actor,
        source: event.source,
        target: event.target,
        kind: event.kind,
        subject: event.subject,
        outcome: event.outcome,
        detail: event.detail,
    }
}
