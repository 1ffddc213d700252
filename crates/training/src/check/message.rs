//! Checks on what other systems were told.

use std::collections::BTreeMap;

use super::judge::Finding;
use super::request::{pattern, rounds};
use crate::facts::Observed;
use crate::lab::{Fields, MessageTest};
use crate::text::{Escape, UnknownValue, Values, fill};

/// Counts the accepted messages that say what they should, once for each item.
pub(super) fn judge(test: &MessageTest, values: &Values, observed: &[Observed]) -> Result<Finding, String> {
    let rounds = rounds(test.for_each.as_deref(), values).map_err(|error| error.to_string())?;
    let (mut counts, mut seen) = (Vec::new(), BTreeMap::new());
    for (values, observed) in rounds.iter().zip(observed) {
        let Observed::Messages(messages) = observed else {
            return Err("the messages of the system were not looked up".to_owned());
        };
        let fields = place(&test.fields, values).map_err(|error| error.to_string())?;
        counts.push(messages.iter().filter(|message| fields.matches(message)).count());
        let system = fill(&test.system, values, Escape::Plain).map_err(|error| error.to_string())?;
        seen.insert(system, messages.len());
    }
    let held = counts.iter().filter(|count| test.count.holds(**count as u64)).count();
    let accepted =
        seen.iter().map(|(system, all)| format!("{system} has accepted {}", number(*all, "message")));
    let accepted = accepted.collect::<Vec<_>>().join(", ");
    let observed = match (&test.for_each, &counts[..]) {
        (None, [count]) => {
            format!("{accepted}; {count} of them {} so.", if *count == 1 { "is" } else { "are" })
        }
        _ => format!("{accepted}; as many as there should be for {held} of {}.", rounds.len()),
    };
    Ok(Finding {
        passed: held == rounds.len(),
        observed,
        location: Some(seen.into_keys().collect::<Vec<_>>().join(", ")),
        detail: format!("expected {} matching {:?}; counted {counts:?}", test.count, test.fields),
    })
}

fn number(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

/// Fields with their placeholders filled.
pub(super) fn place(fields: &Fields, values: &Values) -> Result<Fields, UnknownValue> {
    let placed = fields.0.iter().map(|(path, wanted)| Ok((path.clone(), pattern(wanted, values)?)));
    Ok(Fields(placed.collect::<Result<BTreeMap<_, _>, UnknownValue>>()?))
}
