//! What a scenario may ask of a hospital, as numbers.

use scenarios::model::Scenario;
use scenarios::run::Readings;
use store::StoreError;
use store::sandbox::systems::{Standing, Traffic};

use super::failed::failed_systems;
use super::records::{locked_by_now, overwritten_by_now};
use crate::access::Access;
use crate::response::in_force;

const MINUTE_US: f64 = 60_000_000.0;

/// Reads everything that a scenario asks for, as the hospital stands at the time of `access`.
pub(super) fn readings(access: &Access, scenario: &Scenario) -> Result<Readings, StoreError> {
    read(access, scenario.readings())
}

/// Reads what these names stand for, as the hospital stands at the time of `access`. Looking leaves no trace.
pub(crate) fn read<'a>(
    access: &Access,
    names: impl IntoIterator<Item = &'a str>,
) -> Result<Readings, StoreError> {
    let (traffic, standings, failed) = access
        .sandbox()
        .view(|view| Ok::<_, StoreError>((view.traffic()?, view.standings()?, failed_systems(view)?)))?;
    let now_us = access.virtual_us();
    let sum = |of: &str, count: fn(&Traffic) -> u64| -> f64 {
        let meant = traffic.iter().filter(|one| is_meant(of, &one.interface));
        as_number(meant.map(count).sum())
    };
    let mut read = Readings::new();
    for name in names {
        let (kind, of) = name.split_once(':').unwrap_or((name, ""));
        let value = match kind {
            "waiting" => sum(of, |one| one.waiting),
            "refused" => sum(of, |one| one.refused),
            "lost" => sum(of, |one| one.lost),
            "oldest" => {
                let meant = traffic.iter().filter(|one| is_meant(of, &one.interface) && one.waiting > 0);
                let since_us = meant.filter_map(|one| one.waiting_since_us).min();
                since_us.map_or(0.0, |since_us| minutes(now_us - since_us))
            }
            "closed" => {
                let meant = standings.iter().filter(|one: &&Standing| is_meant(of, &one.interface));
                as_number(meant.count() as u64)
            }
            "down" => f64::from(u8::from(failed.contains_key(of))),
            "locked" => as_number(locked_by_now(access)?),
            "overwritten" => as_number(overwritten_by_now(access)?),
            "held" => {
                let held = in_force(access)?;
                as_number(held.iter().filter(|one| one.measure.word() == of).count() as u64)
            }
            _ => continue,
        };
        read.insert(name.to_owned(), value);
    }
    Ok(read)
}

/// Whether a name, which may end with `*`, means this interface.
pub(super) fn is_meant(of: &str, interface: &str) -> bool {
    match of.strip_suffix('*') {
        Some(start) => interface.starts_with(start),
        None => of == interface,
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of a drill are small")]
fn as_number(count: u64) -> f64 {
    count as f64
}

#[allow(clippy::cast_precision_loss, reason = "a drill lasts hours")]
fn minutes(us: i64) -> f64 {
    (us as f64 / MINUTE_US).floor()
}
