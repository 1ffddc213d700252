use std::collections::BTreeMap;

use channels::State;
use serde::Serialize;
use store::sandbox::View;
use store::sandbox::channels::{ChannelVersion, Deployment};

use super::error::InterfaceError;
use super::names::VIEW;
use crate::access::Access;
use crate::ehr::roles::working;

/// A channel as the dashboard shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct ChannelView {
    /// Its name.
    pub name: String,
    /// The newest version that was saved.
    pub version: u64,
    /// The version that runs; none if it is not deployed.
    pub deployed: Option<u64>,
    /// `STARTED`, `PAUSED`, `STOPPED` or `UNDEPLOYED`.
    pub state: String,
    /// Messages by state, as Mirth counts them: received, filtered, queued, sent and errored.
    pub received: u64,
    /// Held back at the source or at a destination.
    pub filtered: u64,
    /// Waiting for an attempt.
    pub queued: u64,
    /// Accepted by the other side.
    pub sent: u64,
    /// Failed, at the source or for good at a destination.
    pub errored: u64,
    /// The same for each destination, by state.
    pub destinations: BTreeMap<String, BTreeMap<String, u64>>,
}

/// Every channel of a hospital, by name.
///
/// # Errors
/// When the role may not look, or the store fails.
pub fn channels(access: &Access) -> Result<Vec<ChannelView>, InterfaceError> {
    working(access)?.check(VIEW)?;
    access.sandbox().view(|view| {
        let deployments = view.deployments()?;
        let views = view.channels()?.into_iter().map(|newest| {
            let deployment = deployments.iter().find(|one| one.name == newest.name);
            channel_view(view, &newest, deployment)
        });
        views.collect()
    })
}

/// One channel and the text of a version of it, the newest unless a number is given.
///
/// # Errors
/// [`InterfaceError::NoChannel`] or [`InterfaceError::NoVersion`], when the role may not look, or the store fails.
pub fn channel(
    access: &Access,
    name: &str,
    number: Option<u64>,
) -> Result<(ChannelView, ChannelVersion), InterfaceError> {
    working(access)?.check(VIEW)?;
    access.sandbox().view(|view| {
        let newest = view.channel(name, None)?.ok_or_else(|| InterfaceError::NoChannel(name.to_owned()))?;
        let deployment = view.deployment(name)?;
        let shown = channel_view(view, &newest, deployment.as_ref())?;
        let version = match number {
            None => newest,
            Some(number) => {
                let missing = || InterfaceError::NoVersion { name: name.to_owned(), number };
                view.channel(name, Some(number))?.ok_or_else(missing)?
            }
        };
        Ok((shown, version))
    })
}

fn channel_view(
    view: View<'_>,
    newest: &ChannelVersion,
    deployment: Option<&Deployment>,
) -> Result<ChannelView, InterfaceError> {
    let tally = view.channel_tally(&newest.name)?;
    let at_source = |state: State| tally.messages.get(state.word()).copied().unwrap_or(0);
    let sent_to = |state: State| -> u64 {
        tally.deliveries.values().filter_map(|states| states.get(state.word())).sum()
    };
    Ok(ChannelView {
        name: newest.name.clone(),
        version: newest.number,
        deployed: deployment.map(|one| one.number),
        state: deployment.map_or_else(|| "UNDEPLOYED".to_owned(), |one| one.state.clone()),
        received: tally.messages.values().sum(),
        filtered: at_source(State::Filtered) + sent_to(State::Filtered),
        queued: sent_to(State::Queued) + sent_to(State::Pending),
        sent: sent_to(State::Sent),
        errored: at_source(State::Error) + sent_to(State::Error),
        destinations: tally.deliveries,
    })
}
