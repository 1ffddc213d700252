//! Checks on what other systems were told.

use std::collections::BTreeMap;

use super::judge::Finding;
use super::request::{pattern, rounds};
use crate::facts::Observed;
use crate::lab::{Fields, MessageTest};
use crate::text::{UnknownValue, Values};

/// Counts the accepted messages that say what they should, once for each item.
pub(super) fn judge(test: &MessageTest, values: &Values, observed: &[Observed]) -> Result<Finding, String> {
    let Some(Observed::Messages(messages)) = observed.first() else {
        return Err("the messages of the system were not looked up".to_owned());
    };
    let rounds = rounds(test.for_each.as_deref(), values).map_err(|error| error.to_string())?;
    let mut counts = Vec::new();
    for values in &rounds {
        let fields = place(&test.fields, values).map_err(|error| error.to_string())?;
        counts.push(messages.iter().filter(|message| fields.matches(message)).count());
    }
    let held = counts.iter().filter(|count| test.count.holds(**count as u64)).count();
    let accepted = format!("{} has accepted {}", test.system, number(messages.len(), "message"));
    let observed = match (&test.for_each, &counts[..]) {
        (None, [count]) => {
            format!("{accepted}; {count} of them {} so.", if *count == 1 { "is" } else { "are" })
        }
        _ => format!("{accepted}; as many as there should be for {held} of {}.", rounds.len()),
    };
    Ok(Finding {
        passed: held == rounds.len(),
        observed,
        location: Some(test.system.clone()),
        detail: format!("expected {} matching {:?}; counted {counts:?}", test.count, test.fields),
    })
}

fn number(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
}

fn place(fields: &Fields, values: &Values) -> Result<Fields, UnknownValue> {
    let placed = fields.0.iter().map(|(path, wanted)| Ok((path.clone(), pattern(wanted, values)?)));
    Ok(Fields(placed.collect::<Result<BTreeMap<_, _>, UnknownValue>>()?))
}
