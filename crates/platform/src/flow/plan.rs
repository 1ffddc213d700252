//! The roster that a sandbox keeps, and the one that costs least.

use std::collections::BTreeMap;

use ::flow::roster::{Limits, cheapest, needed};
use serde::Serialize;
use serde_json::json;

use super::FlowTrouble;
use super::department::{Emergency, emergency};
use crate::access::{Access, outcome};
use crate::platform::Platform;

/// The fact that a sandbox keeps its roster under, and the journal's kind of saving it.
const PLAN: &str = "flow.plan";
/// The most people in one shift.
pub(super) const PEOPLE_MAX: u32 = 40;

/// A roster of providers for a week.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Rota {
    /// People for each kind of shift, by day from Monday.
    pub people: Vec<Vec<u32>>,
    /// People in each hour of the week.
    pub hours: Vec<u32>,
    /// What it costs, in hours of a day shift.
    pub cost: f64,
    /// Hours that are paid.
    pub paid_hours: u64,
}

/// What a roster should do that is looked for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// How many roots of the load stand above it: 0 lets queues grow, 1 lets about one in five wait.
    pub margin: f64,
    /// The fewest in any hour.
    pub at_least: u32,
    /// The most hours that may be paid, if there is a limit.
    pub paid_hours: Option<u64>,
}

/// The department, and the rosters there are.
#[derive(Debug, Clone)]
pub struct Overview {
    /// The department.
    pub emergency: Emergency,
    /// What is worked today.
    pub today: Rota,
    /// What was saved, if anything.
    pub plan: Option<Rota>,
}

impl Platform {
    /// The emergency department of a hospital, today's roster, and the one that is planned.
    ///
    /// # Errors
    /// When too few came to know when people come, or the store fails.
    pub fn flow(&self, access: &Access) -> Result<Overview, FlowTrouble> {
        let emergency = emergency(self, access)?;
        let plan = saved(access, &emergency)?;
        Ok(Overview { today: emergency.today(), plan, emergency })
    }

    /// Saves a roster: for each kind of shift by name, how many work it on each day from Monday.
    ///
    /// # Errors
    /// When it names no shift there is, or numbers are missing or too large; the one before then stays.
    pub fn set_flow_plan(
        &self,
        access: &Access,
        people: &BTreeMap<String, Vec<u32>>,
    ) -> Result<Rota, FlowTrouble> {
        let emergency = emergency(self, access)?;
        let rota = read(&emergency, people)?;
        let detail = json!({"people": people, "paid_hours": rota.paid_hours, "cost": rota.cost});
        let event = access.event(PLAN, None, outcome::OK, detail);
        access.sandbox().set_fact(PLAN, &json!(people).to_string(), &event)?;
        access.tell(PLAN);
        Ok(rota)
    }

    /// The cheapest roster that does what is wished for. It is not saved.
    ///
    /// # Errors
    /// When no roster does, in words.
    pub fn propose_flow(&self, access: &Access, wish: Wish) -> Result<Rota, FlowTrouble> {
        if wish.at_least > PEOPLE_MAX {
            return Err(FlowTrouble::Plan(format!("ask for at most {PEOPLE_MAX} in every hour")));
        }
        let emergency = emergency(self, access)?;
        let service_hours = emergency.department.provider_minutes() / 60.0;
        let need = needed(&emergency.demand.arrivals_per_hour, service_hours, wish.margin, wish.at_least)?;
        let limits = Limits { people_per_shift: Some(PEOPLE_MAX), paid_hours: wish.paid_hours };
        let plan = cheapest(&emergency.shifts(), &need, limits)?;
        let kinds = emergency.patterns.len();
        let of_kind = |kind: usize| (0..7).map(|day| plan.people[day * kinds + kind]).collect();
        Ok(emergency.rota((0..kinds).map(of_kind).collect()))
    }
}

/// The roster that was saved.
pub(super) fn saved(access: &Access, emergency: &Emergency) -> Result<Option<Rota>, FlowTrouble> {
    let Some(text) = access.sandbox().fact(PLAN)? else { return Ok(None) };
    let people: BTreeMap<String, Vec<u32>> =
        serde_json::from_str(&text).map_err(|error| FlowTrouble::Records(format!("{PLAN}: {error}")))?;
    read(emergency, &people).map(Some)
}

/// A roster by the names of its shifts; shifts that are left out are not worked.
fn read(emergency: &Emergency, people: &BTreeMap<String, Vec<u32>>) -> Result<Rota, FlowTrouble> {
    let names: Vec<&str> = emergency.patterns.iter().map(|pattern| pattern.name.as_str()).collect();
    for (name, days) in people {
        if !names.contains(&name.as_str()) {
            let what = format!("there is no shift '{name}'; there are {}", names.join(", "));
            return Err(FlowTrouble::Plan(what));
        }
        if days.len() != 7 {
            let what =
                format!("the shift {name} has {} numbers; give one for each day from Monday", days.len());
            return Err(FlowTrouble::Plan(what));
        }
        if days.iter().any(|count| *count > PEOPLE_MAX) {
            return Err(FlowTrouble::Plan(format!(
                "at most {PEOPLE_MAX} people work in one shift, {name} too"
            )));
        }
    }
    let of_kind = |name: &&str| people.get(*name).cloned().unwrap_or_else(|| vec![0; 7]);
    Ok(emergency.rota(names.iter().map(of_kind).collect()))
}
