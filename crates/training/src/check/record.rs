//! Checks on what other systems hold.

use std::collections::BTreeMap;

use serde_json::Value;

use super::judge::Finding;
use super::request::{pattern, rounds};
use crate::facts::Observed;
use crate::lab::{RecordTest, record_matches};
use crate::text::{Escape, UnknownValue, Values, fill};

/// Counts the records that look as they should, once for each item.
pub(super) fn judge(test: &RecordTest, values: &Values, observed: &[Observed]) -> Result<Finding, String> {
    let rounds = rounds(test.for_each.as_deref(), values).map_err(|error| error.to_string())?;
    let (mut counts, mut systems) = (Vec::new(), Vec::new());
    for (values, observed) in rounds.iter().zip(observed) {
        let Observed::Records(records) = observed else {
            return Err("the records of the system were not looked up".to_owned());
        };
        counts.push(count(test, values, records).map_err(|error| error.to_string())?);
        let system = fill(&test.system, values, Escape::Plain).map_err(|error| error.to_string())?;
        if !systems.contains(&system) {
            systems.push(system);
        }
    }
    let held = counts.iter().filter(|count| test.count.holds(**count)).count();
    let (system, holds) = (systems.join(", "), &test.holds);
    let observed = match (&test.for_each, &counts[..]) {
        (None, [1]) => format!("{system} holds 1 such {holds} record."),
        (None, [count]) => format!("{system} holds {count} such {holds} records."),
        _ => format!("The {holds} records of {system} are as they should be for {held} of {}.", counts.len()),
    };
    Ok(Finding {
        passed: held == rounds.len(),
        observed,
        location: Some(system),
        detail: format!("expected {} matching {:?}; counted {counts:?}", test.count, test.fields),
    })
}

fn count(test: &RecordTest, values: &Values, records: &[Value]) -> Result<u64, UnknownValue> {
    let placed = test.fields.iter().map(|(path, wanted)| Ok((path.clone(), pattern(wanted, values)?)));
    let fields = placed.collect::<Result<BTreeMap<_, _>, UnknownValue>>()?;
    Ok(records.iter().filter(|record| record_matches(&fields, record)).count() as u64)
}
