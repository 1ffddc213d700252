use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use security::response::{Caller, Door, Measure, Route};
use serde_json::json;
use store::StoreError;

use super::kept::{all, find};
use super::segments::cut;
use crate::access::Access;
use crate::people::Throttle;
use crate::platform::Platform;

const MINUTE_US: i64 = 60_000_000;

/// Why a request was not let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TurnedAway {
    /// Its address is blocked.
    #[error("nothing is taken from this address at present")]
    Blocked,
    /// It would cross the edge of a segment that is isolated.
    #[error("nothing crosses the edge of this network segment at present")]
    Isolated,
    /// There were too many from its address.
    #[error("too many requests from this address; wait a minute")]
    TooMany,
}

impl TurnedAway {
    /// The word for it in the journal.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Blocked => "blocked",
            Self::Isolated => "isolated",
            Self::TooMany => "too-many",
        }
    }
}

/// How many requests came by each limited way, by sandbox. Forgotten with the process: a minute later it does not matter.
#[derive(Debug, Default)]
pub struct Paces(Mutex<HashMap<(String, Route, u32), Throttle>>);

impl Paces {
    /// The sandboxes with limits remembered at most.
    const KEPT_MAX: usize = 2_000;

    /// Forgets the requests to a sandbox, because it went back to an earlier moment.
    pub(crate) fn forget(&self, sandbox: &str) {
        let mut paces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        paces.retain(|(known, ..), _| known != sandbox);
    }

    fn takes(&self, sandbox: &str, route: Route, per_minute: u32, address: &str, now_us: i64) -> bool {
        let mut paces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if paces.len() >= Self::KEPT_MAX {
            paces.clear();
        }
        let throttle = paces
            .entry((sandbox.to_owned(), route, per_minute))
            .or_insert_with(|| Throttle::new(per_minute, MINUTE_US));
        throttle.take(address, now_us).is_ok()
    }
}

impl Platform {
    /// Whether a measure keeps a request out, by the address it came from; if so, that is journalled. A request whose
    /// address nobody knows comes from inside the house's own machine and is let in.
    ///
    /// # Errors
    /// When the store fails.
    pub fn turned_away(&self, access: &Access, route: Route) -> Result<Option<TurnedAway>, StoreError> {
        let Some(address) = access.address() else { return Ok(None) };
        let target = if route == Route::SignIn { "IDP" } else { "EHR" };
        let found = match self.dropped(access, address, target, Door::Https)? {
            Some(dropped) => Some(dropped),
            None => self.over_pace(access, address, route)?.then_some(TurnedAway::TooMany),
        };
        if let Some(refused) = found {
            let detail = json!({"route": route.word(), "address": address});
            access.note(access.event("response.refused", None, refused.word(), detail))?;
        }
        Ok(found)
    }

    /// Why a connection from an address to a system is not let through at all, if it is not.
    pub(crate) fn dropped(
        &self,
        access: &Access,
        address: &str,
        system: &str,
        door: Door,
    ) -> Result<Option<TurnedAway>, StoreError> {
        if self.is_blocked(access, address)? {
            return Ok(Some(TurnedAway::Blocked));
        }
        Ok(cut(access, address, system, door)?.map(|_| TurnedAway::Isolated))
    }

    /// Whether a list of callers is in force on which this one does not stand: title and address.
    pub(crate) fn is_unlisted(
        &self,
        access: &Access,
        title: &str,
        address: Option<&str>,
    ) -> Result<bool, StoreError> {
        let key = Measure::AllowCallers { callers: Vec::new() }.key();
        let Some(one) = access.sandbox().view(|view| find(view, &key))? else { return Ok(false) };
        let Measure::AllowCallers { callers } = one.measure else { return Ok(false) };
        let is_meant = |caller: &Caller| caller.title == title && Some(caller.address.as_str()) == address;
        Ok(!callers.iter().any(is_meant))
    }

    /// Whether a list of senders is in force for a system, on which this one does not stand: name and address.
    pub(crate) fn is_unlisted_sender(
        &self,
        access: &Access,
        system: &str,
        sender: &str,
        address: &str,
    ) -> Result<bool, StoreError> {
        let key = Measure::AllowSenders { system: system.to_owned(), senders: Vec::new() }.key();
        let Some(one) = access.sandbox().view(|view| find(view, &key))? else { return Ok(false) };
        let Measure::AllowSenders { senders, .. } = one.measure else { return Ok(false) };
        let is_meant = |one: &Caller| one.title.eq_ignore_ascii_case(sender) && one.address == address;
        Ok(!senders.iter().any(is_meant))
    }

    /// Whether this very measure is in force.
    pub(crate) fn is_in_force(&self, access: &Access, measure: &Measure) -> Result<bool, StoreError> {
        Ok(access.sandbox().view(|view| find(view, &measure.key()))?.is_some())
    }

    /// Whether what comes over an interface from outside needs a client's certificate at present.
    pub(crate) fn needs_certificate(&self, access: &Access, interface: &str) -> Result<bool, StoreError> {
        self.is_in_force(access, &Measure::RequireCertificate { interface: interface.to_owned() })
    }

    /// Whether nothing is taken from this address.
    fn is_blocked(&self, access: &Access, address: &str) -> Result<bool, StoreError> {
        self.is_in_force(access, &Measure::BlockAddress { address: address.to_owned() })
    }

    fn over_pace(&self, access: &Access, address: &str, route: Route) -> Result<bool, StoreError> {
        let limits = access.sandbox().view(all)?;
        let limit = limits.iter().find_map(|one| match one.measure {
            Measure::LimitRoute { route: limited, per_minute } if limited == route => Some(per_minute),
            _ => None,
        });
        let takes = |per_minute| {
            self.paces.takes(access.sandbox().id(), route, per_minute, address, access.virtual_us())
        };
        Ok(limit.is_some_and(|per_minute| !takes(per_minute)))
    }

    /// Whether no export can be begun at present.
    pub(crate) fn export_frozen(&self, access: &Access) -> Result<bool, StoreError> {
        self.is_in_force(access, &Measure::FreezeExport)
    }
}
