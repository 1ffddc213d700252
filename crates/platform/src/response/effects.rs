use std::collections::BTreeMap;

use security::response::{Effect, Known, Measure, effect};

use super::error::ResponseError;
use super::segments::crossed;
use crate::access::Access;
use crate::desk::signals;
use crate::platform::Platform;

/// How much of the past is looked at, hours.
const HOURS: i64 = 24;

/// What a measure would have touched lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreseen {
    /// What it would have refused.
    pub effect: Effect,
    /// In how many hours up to now.
    pub hours: i64,
}

/// Counts what a measure would have refused in the last day. Nothing is changed.
///
/// # Errors
/// When the measure makes no sense.
pub fn foresee(platform: &Platform, access: &Access, measure: &Measure) -> Result<Foreseen, ResponseError> {
    measure.check()?;
    let users = platform.users(access)?;
    let patients: BTreeMap<&str, &str> = users
        .iter()
        .filter(|user| user.subject.is_patient())
        .filter_map(|user| Some((user.subject.login.as_str(), user.subject.fhir_user.as_deref()?)))
        .collect();
    let roles: BTreeMap<&str, &str> =
        users.iter().map(|user| (user.subject.login.as_str(), user.role.as_str())).collect();
    let from_us = access.virtual_us() - HOURS * 3_600_000_000;
    let recent: Vec<_> =
        signals(access, false)?.into_iter().filter(|signal| signal.time_us >= from_us).collect();
    let known = Known {
        role_of: &|login| roles.get(login).map(|role| (*role).to_owned()),
        patient_of: &|login| patients.get(login).map(|patient| (*patient).to_owned()),
        crosses: &crossed,
    };
    let effect = effect(measure, &recent, known);
    Ok(Foreseen { effect, hours: HOURS })
}
