use std::collections::BTreeMap;

use channels::{Received, process};
use training::facts::Carried;

use super::error::InterfaceError;
use crate::access::Access;
use crate::platform::Platform;

/// What a channel, as it is deployed, makes of messages: nothing is stored, sent or journalled. Nothing at all where no such
/// channel is deployed.
///
/// # Errors
/// When the store fails, or the deployed text no longer compiles.
pub(crate) fn tried(
    platform: &Platform,
    access: &Access,
    channel: &str,
    messages: &[String],
) -> Result<Option<Vec<Carried>>, InterfaceError> {
    let deployed = access.sandbox().view(|view| match view.deployment(channel)? {
        Some(deployment) => view.channel(channel, Some(deployment.number)),
        None => Ok(None),
    })?;
    let Some(version) = deployed else { return Ok(None) };
    let limits = &platform.limits.channels;
    let program = platform.programs.get(&version.text, limits).map_err(InterfaceError::Problems)?;
    let carry = |message: &String| {
        let received = Received {
            raw: message.as_bytes(),
            source_map: BTreeMap::new(),
            now_us: access.virtual_us(),
            seed: 0,
        };
        let outcome = process(&program, &received, limits);
        let trouble = outcome.troubles().next().map(ToString::to_string);
        let sent = outcome.destinations.into_iter().filter_map(|one| one.payload);
        Carried { sent: sent.map(|payload| payload.bytes).collect(), trouble }
    };
    Ok(Some(messages.iter().map(carry).collect()))
}
