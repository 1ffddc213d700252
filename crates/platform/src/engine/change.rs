use channels::channel::InitialState;
use serde_json::json;
use store::sandbox::channels::{ChannelVersion, Deployment};

use super::error::InterfaceError;
use super::names::{CHANNEL, MANAGE};
use crate::access::{Access, outcome};
use crate::ehr::roles::working;
use crate::platform::Platform;

/// A channel file to be saved.
#[derive(Debug, Clone, Copy)]
pub struct SaveChannel<'a> {
    /// The channel it is to be a version of; none for whichever its text names.
    pub name: Option<&'a str>,
    /// The file.
    pub text: &'a str,
    /// Why, in the author's words.
    pub note: &'a str,
    /// Whether it runs from now on.
    pub deploy: bool,
}

/// Saves a channel as a new version, and lets it run if asked to. A file with problems is not saved.
///
/// # Errors
/// [`InterfaceError`], with every problem of the file.
pub fn save_channel(
    platform: &Platform,
    access: &Access,
    save: &SaveChannel<'_>,
) -> Result<ChannelVersion, InterfaceError> {
    let by = working(access)?;
    by.check(MANAGE)?;
    let program =
        platform.programs.get(save.text, &platform.limits.channels).map_err(InterfaceError::Problems)?;
    let channel = program.channel();
    if let Some(expected) = save.name
        && expected != channel.name
    {
        return Err(InterfaceError::OtherName { expected: expected.to_owned(), found: channel.name.clone() });
    }
    access.change(CHANNEL, |change| {
        let newest = change.view().channel(&channel.name, None)?.map_or(0, |newest| newest.number);
        let version = ChannelVersion {
            name: channel.name.clone(),
            number: newest + 1,
            text: save.text.to_owned(),
            author: access.actor().to_owned(),
            note: save.note.to_owned(),
            saved_us: access.virtual_us(),
        };
        change.save_channel(&version)?;
        let before = change.view().deployment(&channel.name)?;
        let initial = match channel.initial_state {
            InitialState::Started => "STARTED",
            InitialState::Paused => "PAUSED",
            InitialState::Stopped => "STOPPED",
        };
        if save.deploy {
            let state = before.map_or_else(|| initial.to_owned(), |before| before.state);
            let (name, number) = (version.name.clone(), version.number);
            change.deploy_channel(&Deployment { name, number, state, changed_us: access.virtual_us() })?;
        }
        let detail = json!({
            "channel": version.name, "version": version.number, "act": "save", "deployed": save.deploy, "role": by.role,
        });
        change.note(&access.event(CHANNEL, None, outcome::OK, detail))?;
        Ok(version)
    })
}

/// Saves a channel that was exported elsewhere; it runs only once somebody deploys it.
///
/// # Errors
/// As [`save_channel`].
pub fn import_channel(
    platform: &Platform,
    access: &Access,
    text: &str,
) -> Result<ChannelVersion, InterfaceError> {
    save_channel(platform, access, &SaveChannel { name: None, text, note: "imported", deploy: false })
}
