use std::collections::BTreeMap;

use super::measure::{Door, Measure, Route};
use crate::telemetry::Signal;

/// The people shown by name; the others are counted.
const PEOPLE_MAX: usize = 12;

/// What a measure would have touched, had it been in force all the time that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Effect {
    /// Things that succeeded and would have been refused.
    pub touched: usize,
    /// How many things were looked at.
    pub of: usize,
    /// Who did them, the busiest first, with how many.
    pub people: Vec<(String, usize)>,
    /// How many people that are in all.
    pub people_in_all: usize,
}

/// What is known of the house beside what happened in it.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// A login's role.
    pub role_of: &'a dyn Fn(&str) -> Option<String>,
    /// The patient that an account belongs to, as `Patient/ID`.
    pub patient_of: &'a dyn Fn(&str) -> Option<String>,
    /// Whether something crossed the edge of a segment.
    pub crosses: &'a dyn Fn(&Signal, &str) -> bool,
}

/// Counts what a measure would have refused.
#[must_use]
pub fn effect(measure: &Measure, signals: &[Signal], known: Known<'_>) -> Effect {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut windows: BTreeMap<(&str, i64), u32> = BTreeMap::new();
    let done = signals.iter().filter(|signal| signal.text("outcome") == Some("ok"));
    let mut of = 0;
    for signal in done {
        of += 1;
        if touches(measure, signal, known, &mut windows) {
            *counts.entry(signal.text("user").unwrap_or("somebody")).or_default() += 1;
        }
    }
    let mut people: Vec<(String, usize)> =
        counts.into_iter().map(|(user, count)| (user.to_owned(), count)).collect();
    people.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let (touched, people_in_all) = (people.iter().map(|(_, count)| count).sum(), people.len());
    people.truncate(PEOPLE_MAX);
    Effect { touched, of, people, people_in_all }
}

fn touches<'a>(
    measure: &Measure,
    signal: &'a Signal,
    known: Known<'_>,
    windows: &mut BTreeMap<(&'a str, i64), u32>,
) -> bool {
    let is = |field: &str, wanted: &str| signal.text(field) == Some(wanted);
    let is_sign_in = is("kind", "auth.login");
    match measure {
        Measure::DisableAccount { login } | Measure::EndSessions { login } => is("user", login),
        Measure::EndTokens { client } | Measure::NarrowClient { client, .. } => is("client", client),
        Measure::HoldToPatient { client } => {
            let own = signal.text("user").and_then(known.patient_of);
            let asked = signal.text("patient");
            is("client", client) && own.is_some() && asked.is_some() && own.as_deref() != asked
        }
        Measure::RequireCode { who } => {
            let user = signal.text("user").unwrap_or_default();
            let meant = match who.strip_prefix("role:") {
                Some(role) => (known.role_of)(user).as_deref() == Some(role),
                None => user == who,
            };
            is_sign_in && meant
        }
        Measure::BlockAddress { address } => is("address", address),
        Measure::LimitRoute { route, per_minute } => {
            let on_route = match route {
                Route::SignIn => is_sign_in,
                Route::Fhir => is("service", "fhir"),
            };
            let Some(address) = signal.text("address").filter(|_| on_route) else { return false };
            let taken = windows.entry((address, signal.time_us.div_euclid(60_000_000))).or_default();
            *taken += 1;
            *taken > *per_minute
        }
        Measure::FreezeExport => is("kind", "fhir.export"),
        Measure::StopInterface { interface } => is("detail.interface", interface),
        Measure::RequireCertificate { interface } => {
            is("detail.interface", interface)
                && signal.text("address").is_some()
                && !is("detail.certificate", "yes")
        }
        Measure::AllowCallers { callers } => {
            let is_listed =
                || callers.iter().any(|one| is("client", &one.title) && is("address", &one.address));
            is("service", "dicom") && signal.text("address").is_some() && !is_listed()
        }
        Measure::AllowSenders { system, senders } => {
            let address = signal.text("address");
            let is_listed = || {
                senders.iter().any(|one| is("user", &one.title) && address.map(host) == Some(&one.address))
            };
            is("kind", "hl7.received") && is("target", system) && address.is_some() && !is_listed()
        }
        Measure::StopService { service } => is("kind", "cds.call") && is("detail.service", service),
        Measure::IsolateSegment { segment, allow } => {
            !allow.contains(&door_of(signal)) && (known.crosses)(signal, segment)
        }
        Measure::RotateKey => false,
    }
}

/// Through which door something came.
fn door_of(signal: &Signal) -> Door {
    match signal.text("service") {
        Some("hl7") => Door::Mllp,
        Some("dicom") => Door::Dicom,
        _ => Door::Https,
    }
}

/// An address without its port.
fn host(address: &str) -> &str {
    match address.rsplit_once(':') {
        Some((host, _)) if !host.contains(':') => host,
        _ => address,
    }
}
