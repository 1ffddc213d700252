//! Checks on what a channel makes of messages that nobody has seen.

use standards::fhir::path::FhirPath;

use super::fhir::is_true;
use super::judge::Finding;
use super::message::place;
use crate::facts::{Carried, Observed};
use crate::lab::{ChannelTest, Wanted};
use crate::text::{Escape, Values, fill};

/// Judges what was sent of each message.
///
/// The learner is told how many came out right, never which: messages that can be guessed from the verdict would be
/// handled one by one.
pub(super) fn judge(
    test: &ChannelTest,
    values: &Values,
    observed: &[Observed],
    path: &dyn FhirPath,
) -> Result<Finding, String> {
    let Some(Observed::Carried(carried)) = observed.first() else {
        return Err("the messages were not tried on the channel".to_owned());
    };
    let location = Some(test.channel.clone());
    let Some(carried) = carried else {
        let observed = format!("No channel called \"{}\" is deployed.", test.channel);
        return Ok(Finding { passed: false, observed, location, detail: String::new() });
    };
    if carried.len() != test.tries.len() {
        return Err(format!("{} messages were tried, not {}", carried.len(), test.tries.len()));
    }
    let mut wrong = Vec::new();
    for (at, (tried, carried)) in test.tries.iter().zip(carried).enumerate() {
        if !is_right(&tried.outcome, carried, values, path)? {
            wrong.push(format!("{at} ({})", carried.trouble.as_deref().unwrap_or("sent, or filtered")));
        }
    }
    let (all, right) = (test.tries.len(), test.tries.len() - wrong.len());
    Ok(Finding {
        passed: wrong.is_empty(),
        observed: format!(
            "Tried on {all} messages that you have not seen: {right} came out as they should. Nothing was sent."
        ),
        location,
        detail: format!("came out wrongly, counted from 0: {}", wrong.join(", ")),
    })
}

fn is_right(
    wanted: &Wanted,
    carried: &Carried,
    values: &Values,
    path: &dyn FhirPath,
) -> Result<bool, String> {
    let quiet = carried.sent.is_empty();
    Ok(match wanted {
        Wanted::Filtered => quiet && carried.trouble.is_none(),
        Wanted::Error => quiet && carried.trouble.is_some(),
        Wanted::Json(expect) => {
            let expression = fill(expect, values, Escape::Path).map_err(|error| error.to_string())?;
            let bodies = carried.sent.iter().filter_map(|body| serde_json::from_slice(body).ok());
            let mut right = false;
            for body in bodies {
                right |= is_true(&expression, &body, path)?;
            }
            right
        }
        Wanted::Message(fields) => {
            let fields = place(fields, values).map_err(|error| error.to_string())?;
            carried.sent.iter().any(|body| fields.matches(body))
        }
    })
}
