use serde::Deserialize;
use serde_json::json;
use store::sandbox::channels::Deployment;

use super::error::InterfaceError;
use super::names::{CHANNEL, MANAGE};
use crate::access::{Access, outcome};
use crate::ehr::roles::working;

/// What may be done with a channel that is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StateChange {
    /// Let the newest version run, in the state it had; one that was not deployed starts.
    Deploy,
    /// Take it out of service; its messages stay.
    Undeploy,
    /// Receive and send.
    Start,
    /// Send what is queued, and receive nothing.
    Pause,
    /// Do neither.
    Stop,
}

impl StateChange {
    fn word(self) -> &'static str {
        match self {
            Self::Deploy => "deploy",
            Self::Undeploy => "undeploy",
            Self::Start => "start",
            Self::Pause => "pause",
            Self::Stop => "stop",
        }
    }
}

/// Deploys, starts, pauses or stops a channel.
///
/// # Errors
/// When there is no such channel, it is not deployed and that is needed, the role may not, or the store fails.
pub fn set_state(access: &Access, name: &str, wanted: StateChange) -> Result<(), InterfaceError> {
    let by = working(access)?;
    by.check(MANAGE)?;
    access.change(CHANNEL, |change| {
        let newest =
            change.view().channel(name, None)?.ok_or_else(|| InterfaceError::NoChannel(name.to_owned()))?;
        let before = change.view().deployment(name)?;
        let not_deployed =
            || InterfaceError::NotStarted { name: name.to_owned(), state: "not deployed".to_owned() };
        let running =
            |state: &str| before.clone().map(|before| Deployment { state: state.to_owned(), ..before });
        let next = match wanted {
            StateChange::Undeploy => None,
            StateChange::Deploy => {
                let state =
                    before.as_ref().map_or_else(|| "STARTED".to_owned(), |before| before.state.clone());
                Some(Deployment { name: name.to_owned(), number: newest.number, state, changed_us: 0 })
            }
            StateChange::Start => Some(running("STARTED").ok_or_else(not_deployed)?),
            StateChange::Pause => Some(running("PAUSED").ok_or_else(not_deployed)?),
            StateChange::Stop => Some(running("STOPPED").ok_or_else(not_deployed)?),
        };
        match next {
            Some(next) => change.deploy_channel(&Deployment { changed_us: access.virtual_us(), ..next })?,
            None => change.undeploy_channel(name)?,
        }
        let detail =
            json!({"channel": name, "version": newest.number, "act": wanted.word(), "role": by.role});
        change.note(&access.event(CHANNEL, None, outcome::OK, detail))?;
        Ok(())
    })
}
