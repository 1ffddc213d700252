use ::flow::HOURS;
use ::flow::roster::{Pattern, Plan, Shift, needed, offered_load, weekly};
use ::flow::simulate::{Department, Staffing};

use super::FlowTrouble;
use super::demand::{Demand, measured};
use super::placed::forecast;
use super::plan::Rota;
use super::shipped::{Shipped, shipped};
use crate::access::Access;
use crate::platform::Platform;

/// How much more than its mean load a roster has that is the same around the clock.
const FLAT_MARGIN: f64 = 1.2;

/// The emergency department of one hospital.
#[derive(Debug, Clone)]
pub struct Emergency {
    /// Who comes.
    pub demand: Demand,
    /// The department they come to.
    pub department: Department,
    /// Nurses at triage in each hour of the week; they follow who comes.
    pub triage: Vec<u32>,
    /// The kinds of shift that providers work.
    pub patterns: Vec<Pattern>,
    /// Providers at work in each hour of the week if nobody ever waited.
    pub load: Vec<f64>,
}

/// The department of a hospital as it is now.
pub(super) fn emergency(platform: &Platform, access: &Access) -> Result<Emergency, FlowTrouble> {
    let shipped = shipped()?;
    match forecast(access)? {
        Some(forecast) => of(forecast.demand()?, shipped, forecast.rooms, forecast.beds),
        None => of(measured(platform, access, shipped)?, shipped, None, None),
    }
}

fn of(
    demand: Demand,
    shipped: &Shipped,
    rooms: Option<u32>,
    beds: Option<u32>,
) -> Result<Emergency, FlowTrouble> {
    let visits = demand.visits_per_day();
    let sized = |per_visit: f64, least: u32| ((per_visit * visits).ceil() as u32).max(least);
    let department = Department {
        arrivals_per_hour: demand.arrivals_per_hour.clone(),
        levels: shipped.levels.clone(),
        triage: shipped.triage,
        test: shipped.test,
        test_places: sized(shipped.test_places_per_visit, 3),
        disposition: shipped.disposition,
        rooms: rooms.unwrap_or_else(|| sized(shipped.rooms_per_visit, 6)),
        beds: beds.unwrap_or_else(|| sized(shipped.beds_per_visit, 6)),
        bed_stay: shipped.bed_stay,
    };
    department.check()?;
    let triage = needed(&demand.arrivals_per_hour, shipped.triage.mean_minutes() / 60.0, 1.0, 1)?;
    let load = offered_load(&demand.arrivals_per_hour, department.provider_minutes() / 60.0)?;
    Ok(Emergency { demand, department, triage, patterns: shipped.patterns.clone(), load })
}

impl Emergency {
    /// The shifts of a week: each kind on each day.
    pub(super) fn shifts(&self) -> Vec<Shift> {
        weekly(&self.patterns)
    }

    /// Who works when a rota is worked.
    pub(super) fn staffing(&self, rota: &Rota) -> Staffing {
        Staffing { triage: self.triage.clone(), providers: rota.hours.clone() }
    }

    /// The roster of today: as many in the early, the late and the night shift of every day, enough for the mean load and a
    /// little more. It is what a department has in which nobody has looked at when people come.
    #[must_use]
    pub fn today(&self) -> Rota {
        let mean = self.load.iter().sum::<f64>() / HOURS as f64;
        let count = ((mean * FLAT_MARGIN).ceil() as u32).max(1);
        let flat = |pattern: &Pattern| {
            if ["early", "late", "night"].contains(&pattern.name.as_str()) { count } else { 0 }
        };
        self.rota(self.patterns.iter().map(|pattern| vec![flat(pattern); 7]).collect())
    }

    /// What people in shifts mean, given for each kind of shift by day.
    pub(super) fn rota(&self, people: Vec<Vec<u32>>) -> Rota {
        let by_day = (0..7).flat_map(|day| people.iter().map(move |of_kind| of_kind[day])).collect();
        let Plan { hours, cost, paid_hours, .. } = Plan::of(&self.shifts(), by_day, HOURS);
        Rota { people, hours, cost, paid_hours }
    }
}
