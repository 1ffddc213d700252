use std::collections::BTreeMap;

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// For what: a stay, an order, a patient.
    pub case: String,
    /// What was done.
    pub activity: String,
    /// When, in microseconds.
    pub at_us: i64,
}

/// What was done for one case, in order.
pub(super) type Trace = Vec<(String, i64)>;

/// The traces of a log, by case. Events of one moment stay in the order in which they were given.
pub(super) fn traces(events: &[Event]) -> BTreeMap<&str, Trace> {
    let mut traces: BTreeMap<&str, Trace> = BTreeMap::new();
    for event in events {
        traces.entry(&event.case).or_default().push((event.activity.clone(), event.at_us));
    }
    for trace in traces.values_mut() {
        trace.sort_by_key(|(_, at_us)| *at_us);
    }
    traces
}
