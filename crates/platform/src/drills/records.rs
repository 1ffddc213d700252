//! Records that are made unreadable in a drill, those that wards write meanwhile, and what is brought back.

use security::actors::{Act, Deed, WARD_CHART};
use serde_json::Value;
use store::StoreError;
use store::sandbox::View;
use store::sandbox::systems::SystemRecord;

use super::error::DrillError;
use super::failed::failed_systems;
use super::keep::SYSTEM;
use crate::access::{Access, Came};
use crate::ehr::lookup::{find, get};
use crate::fhir::{Context, Interaction, perform};
use crate::incidents::amended;
use crate::messages::everybody;
use crate::platform::Platform;
use crate::response::{Restore, is_disabled, restore as bring_back};

/// What locked and written records are among the drill's.
pub(super) const LOCKED: &str = "locked";
const WRITTEN: &str = "written";
/// Where whoever locks records sits, and where wards do (RFC 1918).
const HOSTILE_FROM: &str = "10.20.60.77";
const WARD_FROM: &str = "10.20.4.11";
/// The words that a locked record holds.
const SIGN: &[u8] = b"Your records are locked";

/// Makes some more records unreadable, as far as the account still gets in and the chart answers.
pub(super) fn lock(
    platform: &Platform,
    access: &Access,
    account: &str,
    kind: &str,
    count: usize,
) -> Result<(), DrillError> {
    let shut = access.sandbox().view(|view| {
        Ok::<_, StoreError>(is_disabled(view, account)? || failed_systems(view)?.contains_key("EHR"))
    })?;
    if shut {
        return Ok(());
    }
    change(platform, access, (account, HOSTILE_FROM), kind, count, LOCKED)
}

/// Lets somebody on a ward write some records anew, as far as the chart answers.
pub(super) fn write(
    platform: &Platform,
    access: &Access,
    account: &str,
    kind: &str,
    count: usize,
) -> Result<(), DrillError> {
    if access.sandbox().view(failed_systems)?.contains_key("EHR") {
        return Ok(());
    }
    change(platform, access, (account, WARD_FROM), kind, count, WRITTEN)
}

/// Writes records of people in the house that nobody has touched in this drill, and remembers which.
fn change(
    platform: &Platform,
    access: &Access,
    (account, address): (&str, &str),
    kind: &str,
    count: usize,
    note: &str,
) -> Result<(), DrillError> {
    let now_us = access.virtual_us();
    let chosen = access.sandbox().view(|view| untouched(view, now_us, kind, count))?;
    let came = Came::from(address).at(now_us);
    let own = access.acting_as(&format!("{account} by {WARD_CHART}"), "app").coming(&came);
    for (at, body) in chosen {
        let deed = match note {
            LOCKED => Deed::Lock { at: at.clone() },
            _ => Deed::Amend { at: at.clone() },
        };
        let act = Act {
            at_us: now_us,
            login: account.to_owned(),
            address: address.to_owned(),
            client: WARD_CHART.to_owned(),
            deed,
            weight: 0,
            hostile: note == LOCKED,
        };
        let body = amended(&body, &act).map_err(DrillError::Refused)?;
        let (kind, id) = at.split_once('/').unwrap_or((kind, ""));
        let limits = &platform.limits().json;
        let context = Context { access: &own, base_url: "", entropy: platform.entropy(), limits };
        perform(&context, &Interaction::Update { kind, id, body: &body, if_match: None })
            .map_err(|error| DrillError::Refused(format!("{at} cannot be written: {error}")))?;
        own.change("drill.touched", |change| {
            let [system, kind] = [SYSTEM, note].map(str::to_owned);
            let (body, due_us) = (account.to_owned(), None);
            change.put_system_record(&SystemRecord {
                system,
                kind,
                key: at,
                body,
                due_us,
                updated_us: now_us,
            })
        })?;
    }
    Ok(())
}

/// Records of people in the house, by MRN, that were neither locked nor written in this drill: each with its body.
fn untouched(
    view: View<'_>,
    now_us: i64,
    kind: &str,
    count: usize,
) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let mut in_house = everybody(view, now_us)?;
    in_house.sort_by(|(_, a), (_, b)| a.mrn.cmp(&b.mrn));
    let mut chosen = Vec::new();
    for (patient, _) in in_house {
        let of = format!("Patient/{patient}");
        for record in find(view, now_us, kind, &[("patient", of.as_str())])? {
            let at = format!("{kind}/{}", record["id"].as_str().unwrap_or_default());
            let is_touched = |note| Ok::<_, StoreError>(view.system_record(SYSTEM, note, &at)?.is_some());
            if is_touched(LOCKED)? || is_touched(WRITTEN)? {
                continue;
            }
            chosen.push((at, record.to_string().into_bytes()));
            if chosen.len() == count {
                return Ok(chosen);
            }
        }
    }
    Ok(chosen)
}

/// Brings back what these accounts changed since the drill began; what anybody changed of what the drill touched, where none is
/// named.
pub(super) fn restore(
    platform: &Platform,
    access: &Access,
    begun_us: i64,
    accounts: &[String],
) -> Result<(), DrillError> {
    let asked = |changed_by, records| Restore { as_of_us: begun_us, changed_by, records, only_look: false };
    let all = match accounts {
        [] => {
            let touched = |view: View<'_>| {
                let locked = view.system_records(SYSTEM, LOCKED)?;
                let written = view.system_records(SYSTEM, WRITTEN)?;
                Ok::<_, StoreError>(locked.into_iter().chain(written).map(|one| one.key).collect::<Vec<_>>())
            };
            vec![asked(None, access.sandbox().view(touched)?)]
        }
        accounts => accounts.iter().map(|login| asked(Some(login.clone()), Vec::new())).collect(),
    };
    for one in all {
        match bring_back(platform, access, &one) {
            // An account that changed nothing has nothing to be brought back.
            Ok(_) | Err(crate::response::ResponseError::Invalid(_)) => {}
            Err(error) => return Err(DrillError::Refused(error.to_string())),
        }
    }
    Ok(())
}

/// Whether this is what a locked record holds.
pub(super) fn is_locked(body: &[u8]) -> bool {
    body.windows(SIGN.len()).any(|part| part == SIGN)
}

/// How many records cannot be read now.
pub(super) fn locked_by_now(access: &Access) -> Result<u64, StoreError> {
    access.sandbox().view(|view| {
        let mut locked = 0;
        for one in view.system_records(SYSTEM, LOCKED)? {
            let (kind, id) = one.key.split_once('/').unwrap_or_default();
            locked += u64::from(view.get(kind, id)?.is_some_and(|stored| is_locked(&stored.body)));
        }
        Ok(locked)
    })
}

/// Of how many records what a ward wrote meanwhile is gone.
pub(super) fn overwritten_by_now(access: &Access) -> Result<u64, StoreError> {
    access.sandbox().view(|view| {
        let mut gone = 0;
        for one in view.system_records(SYSTEM, WRITTEN)? {
            let (kind, id) = one.key.split_once('/').unwrap_or_default();
            let notes = get(view, kind, id)?.map(|record| record["note"].clone());
            let wrote = format!("Reviewed with the patient by {}.", one.body);
            let is_own = |note: &Value| note["text"].as_str() == Some(wrote.as_str());
            let stands =
                notes.as_ref().and_then(Value::as_array).is_some_and(|notes| notes.iter().any(is_own));
            gone += u64::from(!stands);
        }
        Ok(gone)
    })
}
