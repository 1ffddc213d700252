//! Checks on what an app's token opens.

use super::judge::Finding;
use super::request::rounds;
use crate::facts::{Observed, Opened};
use crate::lab::ReachTest;
use crate::text::{Escape, Values, fill};

/// Judges every trial; the first that is not as it must be is the one reported. Where the app has no token, nothing has been
/// shown, so that neither open nor shut is true.
pub(super) fn judge(test: &ReachTest, values: &Values, observed: &[Observed]) -> Result<Finding, String> {
    let rounds = rounds(test.for_each.as_deref(), values).map_err(|error| error.to_string())?;
    let mut last = None;
    for (at, values) in rounds.iter().enumerate() {
        let Some(Observed::Reached(found)) = observed.get(at) else {
            return Err("a trial of the token was not answered".to_owned());
        };
        let words = |text: &str| fill(text, values, Escape::Plain).map_err(|error| error.to_string());
        let (app, tried) = (words(&test.app)?, words(test.tried.text())?);
        let observed = match found {
            None => format!("No app called {app} has been given a token."),
            Some(Opened::Nothing) => format!("The newest token of {app} does not open {tried}."),
            Some(Opened::Part) => format!("The newest token of {app} opens some of {tried}."),
            Some(Opened::All) => format!("The newest token of {app} opens {tried}."),
        };
        let wanted = if test.open { Opened::All } else { Opened::Nothing };
        let passed = *found == Some(wanted);
        let finding = Finding { passed, observed, location: None, detail: format!("`{tried}`: {found:?}") };
        if !passed {
            return Ok(finding);
        }
        last = Some(finding);
    }
    let finding =
        last.ok_or_else(|| "there is nothing to try: the list to go through is empty".to_owned())?;
    let observed = match rounds.len() {
        1 => finding.observed,
        several => {
            format!("{several} things were tried with the newest token, and each was as it should be.")
        }
    };
    Ok(Finding { observed, ..finding })
}
