use serde::Deserialize;
use serde_json::json;
use store::StoreError;
use store::sandbox::View;
use store::sandbox::systems::{Message, MessageState, Standing};

use crate::access::{Access, outcome};
use crate::platform::Platform;
use crate::sandboxes::{SandboxError, begun_seq};
use crate::topology::topology;

/// The name of the fact that says whether the other systems do their work by themselves.
const LIVING: &str = "living";
/// The journal kind of what is done to interfaces.
const CHANGED: &str = "interface.changed";

/// What may be done to an interface.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InterfaceChange {
    /// Let it carry nothing; messages wait.
    Stop,
    /// Let it carry messages again.
    Start,
    /// Mend what keeps it from carrying anything.
    Repair(Remedy),
    /// Send a message again that was refused or lost: this place.
    Resend(i64),
}

/// What can be mended at the two ends of an interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Remedy {
    /// Start the sender's process anew.
    RestartSender,
    /// Put a fresh certificate in the place of the receiver's.
    RenewCertificate,
    /// Make room on the receiver's disk.
    FreeDisk,
    /// Unlock the account with which the sender signs in at the receiver.
    UnlockAccount,
}

impl Remedy {
    /// Every remedy.
    pub const ALL: [Self; 4] =
        [Self::RestartSender, Self::RenewCertificate, Self::FreeDisk, Self::UnlockAccount];

    /// The word for it in addresses and forms.
    pub fn word(self) -> &'static str {
        match self {
            Self::RestartSender => "restart-sender",
            Self::RenewCertificate => "renew-certificate",
            Self::FreeDisk => "free-disk",
            Self::UnlockAccount => "unlock-account",
        }
    }

    /// What it is against: the standing of an interface.
    fn mends(self) -> &'static str {
        match self {
            Self::RestartSender => "stalled",
            Self::RenewCertificate => "expired",
            Self::FreeDisk => "full",
            Self::UnlockAccount => "locked",
        }
    }
}

/// Whether the laboratory and the others report by themselves: until somebody says otherwise, in every hospital but that of a
/// lab, where nothing happens that its author did not write.
pub(super) fn is_living(access: &Access) -> Result<bool, StoreError> {
    match access.sandbox().fact(LIVING)? {
        Some(said) => Ok(said == "on"),
        None => Ok(begun_seq(access.sandbox())? == 0),
    }
}

impl Platform {
    /// Lets the other systems of a hospital do their work by themselves, or not.
    pub fn set_living(&self, access: &Access, living: bool) -> Result<(), SandboxError> {
        let event = access.event("sandbox.living", None, outcome::OK, json!({"living": living}));
        access.sandbox().set_fact(LIVING, if living { "on" } else { "off" }, &event)?;
        access.tell("sandbox.living");
        Ok(())
    }

    /// Changes an interface, or sends one of its messages again.
    ///
    /// # Errors
    /// [`SandboxError::Invalid`] when there is no such interface or message, or the message needs no sending.
    pub fn change_interface(
        &self,
        access: &Access,
        interface: &str,
        change: &InterfaceChange,
    ) -> Result<(), SandboxError> {
        if topology().interface(interface).is_none() {
            return Err(SandboxError::Invalid(format!(
                "there is no interface '{interface}'; look at the map"
            )));
        }
        let now_us = access.virtual_us();
        access.change(CHANGED, |store| {
            let mut detail = json!({"interface": interface});
            match change {
                InterfaceChange::Stop => {
                    let reason = format!("stopped by {}", access.actor());
                    let [interface, standing] = [interface, "stopped"].map(str::to_owned);
                    store.close_interface(&Standing { interface, standing, reason, since_us: now_us })?;
                    detail["standing"] = "stopped".into();
                }
                InterfaceChange::Start => {
                    if let Some(standing) =
                        standing_of(store.view(), interface)?.filter(|one| one.standing != "stopped")
                    {
                        return Err(SandboxError::Invalid(format!(
                            "{interface} was started and is down again at once: {} Mend that first",
                            standing.reason
                        )));
                    }
                    store.open_interface(interface)?;
                    detail["standing"] = "up".into();
                }
                InterfaceChange::Repair(remedy) => {
                    let standing = standing_of(store.view(), interface)?;
                    if standing.is_none_or(|one| one.standing != remedy.mends()) {
                        return Err(SandboxError::Invalid(format!(
                            "{} changed nothing: that is not what {interface} suffers from",
                            remedy.word()
                        )));
                    }
                    store.open_interface(interface)?;
                    detail["standing"] = "up".into();
                    detail["repair"] = remedy.word().into();
                }
                InterfaceChange::Resend(seq) => {
                    let message =
                        store.view().message(*seq)?.filter(|message| message.interface == interface);
                    let again = again(message, now_us).map_err(SandboxError::Invalid)?;
                    detail["message"] = (*seq).into();
                    store.settle_message(&again)?;
                }
            }
            store.note(&access.event(CHANGED, None, outcome::OK, detail))?;
            Ok(())
        })
    }
}

/// Why an interface carries nothing, if it does not.
fn standing_of(view: View<'_>, interface: &str) -> Result<Option<Standing>, StoreError> {
    Ok(view.standings()?.into_iter().find(|one| one.interface == interface))
}

fn again(message: Option<Message>, now_us: i64) -> Result<Message, String> {
    let message = message.ok_or("there is no such message on this interface; open the list again")?;
    match message.state {
        MessageState::Refused | MessageState::Lost => Ok(Message {
            state: MessageState::Waiting,
            attempts: 0,
            due_us: now_us,
            settled_us: None,
            ..message
        }),
        state => {
            Err(format!("this message is {}; only what was refused or lost is sent again", state.word()))
        }
    }
}
