//! The saved roster on days that nobody has seen.

use ::flow::simulate::{Chance, Department, Report, run};
use training::lab::FlowMeasure;

use super::FlowTrouble;
use super::department::emergency;
use super::plan::{Rota, saved};
use super::play::WEEK;
use crate::access::Access;
use crate::platform::Platform;

/// How many weeks are hidden.
const WEEKS: u64 = 12;
/// How far a hidden day may be from the forecast, as a factor.
const FACTOR: (f64, f64) = (0.8, 1.2);

/// A figure of the saved roster, and what it says. What depends on patients is played on weeks that a seed gives, whose days are
/// busier and quieter than the forecast.
pub(crate) fn hidden(
    platform: &Platform,
    access: &Access,
    measure: FlowMeasure,
    seed: u64,
) -> Result<(Option<f64>, String), FlowTrouble> {
    let emergency = emergency(platform, access)?;
    let Some(rota) = saved(access, &emergency)? else {
        return Ok((None, "No roster is saved yet.".to_owned()));
    };
    if let Some(read) = of_rota(&rota, measure) {
        return Ok(read);
    }
    let staffing = emergency.staffing(&rota);
    let mut reports = Vec::new();
    for week in 0..WEEKS {
        let mut chance = Chance::new(seed, week);
        let department = surprised(&emergency.department, &mut chance);
        reports.push(run(&department, &staffing, WEEK, seed.wrapping_add(week))?);
    }
    Ok(of_weeks(&reports, measure))
}

/// The same department on days that are not quite as forecast.
fn surprised(department: &Department, chance: &mut Chance) -> Department {
    let factors: Vec<f64> = (0..7).map(|_| FACTOR.0 + (FACTOR.1 - FACTOR.0) * chance.unit()).collect();
    let rates = department.arrivals_per_hour.iter().enumerate().map(|(hour, rate)| rate * factors[hour / 24]);
    Department { arrivals_per_hour: rates.collect(), ..department.clone() }
}

/// What can be read off the roster itself.
fn of_rota(rota: &Rota, measure: FlowMeasure) -> Option<(Option<f64>, String)> {
    match measure {
        FlowMeasure::PaidHours => {
            Some((Some(rota.paid_hours as f64), format!("The roster pays {} hours a week.", rota.paid_hours)))
        }
        FlowMeasure::Cost => Some((
            Some(rota.cost),
            format!("The roster costs as much as {:.1} hours of a day shift.", rota.cost),
        )),
        FlowMeasure::BareHours => {
            let bare = rota.hours.iter().filter(|count| **count == 0).count();
            Some((Some(bare as f64), format!("In {bare} hours of the week no provider is there.")))
        }
        FlowMeasure::OverTarget | FlowMeasure::LeftUnseen | FlowMeasure::UrgentWait => None,
    }
}

fn of_weeks(reports: &[Report], measure: FlowMeasure) -> (Option<f64>, String) {
    let mean = |reading: &dyn Fn(&Report) -> Option<f64>| {
        let read: Vec<f64> = reports.iter().filter_map(reading).collect();
        (!read.is_empty()).then(|| read.iter().sum::<f64>() / read.len() as f64)
    };
    let weeks = format!("In {} weeks that you have not seen,", reports.len());
    let percent = |share: Option<f64>| share.unwrap_or(0.0) * 100.0;
    match measure {
        FlowMeasure::LeftUnseen => {
            let share = mean(&|report| Some(report.left_unseen_share));
            (share, format!("{weeks} {:.1} % of all who came went home unseen.", percent(share)))
        }
        FlowMeasure::UrgentWait => {
            let wait = mean(&|report| report.levels[1].wait_p90_minutes);
            let said = match wait {
                Some(wait) => {
                    format!("{weeks} nine in ten patients of level 2 were seen within {wait:.0} minutes.")
                }
                None => format!("{weeks} nobody of level 2 was seen."),
            };
            (wait, said)
        }
        _ => {
            let share = mean(&|report| Some(report.all.over_target));
            (
                share,
                format!("{weeks} {:.1} % of all who came were not seen within their target.", percent(share)),
            )
        }
    }
}
