//! Who comes to the emergency department, and when: measured in the hospital's own stays.

use ::flow::HOURS;
use serde::Serialize;
use serde_json::Value;
use standards::fhir::instant;

use super::FlowTrouble;
use super::shipped::Shipped;
use crate::access::Access;
use crate::labs::search;
use crate::platform::Platform;

/// How far back is looked.
const WEEKS: u32 = 26;
/// Fewer visits say nothing about the hours of a day.
const VISITS_MIN: usize = 60;
const HOUR_US: i64 = 3_600_000_000;

/// Where the numbers come from.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "from")]
pub enum Origin {
    /// The hospital's own stays.
    Measured {
        /// How many visits were counted.
        visits: usize,
        /// In how many weeks.
        weeks: u32,
        /// Half of them stayed no longer in the emergency department, in minutes.
        stay_median_minutes: f64,
        /// Nine in ten stayed no longer.
        stay_p90_minutes: f64,
    },
    /// A forecast that a lab hands out.
    Forecast,
}

/// Who comes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Demand {
    /// Arrivals an hour, for each hour of the week from Monday at midnight.
    pub arrivals_per_hour: Vec<f64>,
    /// Where that is known from.
    pub origin: Origin,
}

impl Demand {
    /// Visits a day, on average.
    #[must_use]
    pub fn visits_per_day(&self) -> f64 {
        self.arrivals_per_hour.iter().sum::<f64>() / 7.0
    }

    /// So many visits a day, spread as the hours of a day and the days of a week say.
    pub(super) fn spread(visits_per_day: f64, hours: &[f64], days: &[f64], origin: Origin) -> Self {
        let of_day = hours.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let of_week = days.iter().sum::<f64>().max(f64::MIN_POSITIVE) / 7.0;
        let rate = |hour: usize| visits_per_day * hours[hour % 24] / of_day * days[hour / 24] / of_week;
        Self { arrivals_per_hour: (0..HOURS).map(rate).collect(), origin }
    }
}

/// Counts the emergency visits of the last weeks.
///
/// Few visits fall into each hour of the week, so hours of the day and days of the week are taken apart, and each begins with
/// the shape that is shipped, as if another [`VISITS_MIN`] visits had come in it.
pub(super) fn measured(
    platform: &Platform,
    access: &Access,
    shipped: &Shipped,
) -> Result<Demand, FlowTrouble> {
    let until_us = access.virtual_us();
    let since_us = until_us - i64::from(WEEKS) * HOURS as i64 * HOUR_US;
    let url = format!("Encounter?class=EMER&date=ge{}", &instant::format(since_us));
    // The address of the base appears in links only, and nobody sees these.
    let found = search(platform, access, "", &url).map_err(FlowTrouble::Records)?;
    let visits: Vec<(i64, Option<i64>)> =
        found["entry"].as_array().into_iter().flatten().filter_map(period).collect();
    let visits: Vec<_> =
        visits.into_iter().filter(|(began, _)| (since_us..until_us).contains(began)).collect();
    if visits.len() < VISITS_MIN {
        return Err(FlowTrouble::TooFew { visits: visits.len(), weeks: WEEKS, least: VISITS_MIN });
    }
    let before = |shape: &[f64]| -> Vec<f64> {
        let sum: f64 = shape.iter().sum();
        shape.iter().map(|weight| weight / sum * VISITS_MIN as f64).collect()
    };
    let (mut hours, mut days) = (before(&shipped.hours), before(&shipped.days));
    for (began_us, _) in &visits {
        let hour = hour_of_week(*began_us);
        hours[hour % 24] += 1.0;
        days[hour / 24] += 1.0;
    }
    let mut stays: Vec<i64> = visits.iter().filter_map(|(began, ended)| Some((*ended)? - began)).collect();
    stays.sort_unstable();
    let minutes = |share: f64| {
        let at = (share * stays.len().saturating_sub(1) as f64).round() as usize;
        stays.get(at).map_or(0.0, |stay_us| *stay_us as f64 / 60e6)
    };
    let origin = Origin::Measured {
        visits: visits.len(),
        weeks: WEEKS,
        stay_median_minutes: minutes(0.5),
        stay_p90_minutes: minutes(0.9),
    };
    let per_day = visits.len() as f64 / f64::from(WEEKS * 7);
    Ok(Demand::spread(per_day, &hours, &days, origin))
}

/// When a stay began, and when it ended if it did.
fn period(entry: &Value) -> Option<(i64, Option<i64>)> {
    let time = |name: &str| instant::parse(entry["resource"]["period"][name].as_str()?);
    Some((time("start")?, time("end")))
}

/// The hour of the week from Monday at midnight; 1970 began on a Thursday.
fn hour_of_week(at_us: i64) -> usize {
    (at_us.div_euclid(HOUR_US) + 3 * 24).rem_euclid(HOURS as i64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_begins_on_monday() {
        // 2026-11-23 is a Monday.
        let monday_us = instant::parse("2026-11-23T00:30:00Z").unwrap();
        assert_eq!(hour_of_week(monday_us), 0);
        assert_eq!(hour_of_week(monday_us - HOUR_US), 167);
        assert_eq!(hour_of_week(monday_us + 31 * HOUR_US), 31);
    }

    #[test]
    fn what_is_spread_sums_to_what_came() {
        let demand = Demand::spread(50.0, &[1.0; 24], &[2.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0], Origin::Forecast);
        assert!((demand.visits_per_day() - 50.0).abs() < 1e-9);
        assert!((demand.arrivals_per_hour[0] - 2.0 * demand.arrivals_per_hour[30]).abs() < 1e-9);
    }
}
