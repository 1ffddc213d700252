use channels::diff::{Difference, Line, lines, settings};
use store::sandbox::channels::ChannelVersion;

use super::change::{SaveChannel, save_channel};
use super::error::InterfaceError;
use super::names::VIEW;
use crate::access::Access;
use crate::ehr::roles::working;
use crate::platform::Platform;

/// How two versions of a channel differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelDiff {
    /// Setting by setting.
    pub settings: Vec<Difference>,
    /// Line by line.
    pub lines: Vec<Line>,
}

/// Every version of a channel, newest first.
///
/// # Errors
/// When there is no such channel, the role may not look, or the store fails.
pub fn channel_versions(access: &Access, name: &str) -> Result<Vec<ChannelVersion>, InterfaceError> {
    working(access)?.check(VIEW)?;
    let versions = access.sandbox().view(|view| view.channel_versions(name))?;
    if versions.is_empty() { Err(InterfaceError::NoChannel(name.to_owned())) } else { Ok(versions) }
}

/// What changed between two versions of a channel. Before the first one there was nothing.
///
/// # Errors
/// When one of them does not exist, the role may not look, or the store fails.
pub fn channel_diff(access: &Access, name: &str, old: u64, new: u64) -> Result<ChannelDiff, InterfaceError> {
    working(access)?.check(VIEW)?;
    let text = |number: u64| -> Result<String, InterfaceError> {
        if number == 0 {
            return Ok(String::new());
        }
        let found = access.sandbox().view(|view| view.channel(name, Some(number)))?;
        found
            .map(|version| version.text)
            .ok_or_else(|| InterfaceError::NoVersion { name: name.to_owned(), number })
    };
    let (old, new) = (text(old)?, text(new)?);
    Ok(ChannelDiff { settings: settings(&old, &new), lines: lines(&old, &new) })
}

/// Makes an older version the newest, and lets it run.
///
/// # Errors
/// When there is no such version, the role may not, or the store fails.
pub fn roll_back(
    platform: &Platform,
    access: &Access,
    name: &str,
    number: u64,
) -> Result<ChannelVersion, InterfaceError> {
    let found = access.sandbox().view(|view| view.channel(name, Some(number)))?;
    let old = found.ok_or_else(|| InterfaceError::NoVersion { name: name.to_owned(), number })?;
    let note = format!("rolled back to version {number}");
    save_channel(
        platform,
        access,
        &SaveChannel { name: Some(name), text: &old.text, note: &note, deploy: true },
    )
}
