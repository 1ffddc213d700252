use std::collections::BTreeMap;

use platform::flow::{Emergency, Origin, Overview, Rota, Wish};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::api::call::Call;
use crate::problem::Problem;

/// A roster to save.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPlan {
    /// For each kind of shift by name, how many work it on each day from Monday; kinds that are left out are not worked.
    people: BTreeMap<String, Vec<u32>>,
}

/// What a roster should do.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NewWish {
    /// How many roots of the load stand above it, 0 to 10: 0 lets queues grow, 1 lets about one in five wait.
    margin: f64,
    /// The fewest in any hour.
    at_least: u32,
    /// The most hours that may be paid in a week.
    paid_hours: Option<u64>,
}

impl Default for NewWish {
    fn default() -> Self {
        Self { margin: 1.0, at_least: 1, paid_hours: None }
    }
}

/// The department, and the rosters there are.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct FlowView {
    visits_per_day: f64,
    /// `measured` in the hospital's own stays, or a `forecast` of a lab.
    from: &'static str,
    /// How many visits were counted, if they were measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    visits: Option<usize>,
    /// Half of the counted stays in the department were no longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    stay_median_minutes: Option<f64>,
    /// Nine in ten were no longer.
    #[serde(skip_serializing_if = "Option::is_none")]
    stay_p90_minutes: Option<f64>,
    /// For each hour of the week from Monday at midnight.
    arrivals_per_hour: Vec<f64>,
    /// Providers at work in each hour if nobody ever waited.
    load: Vec<f64>,
    rooms: u32,
    beds: u32,
    shifts: Vec<ShiftView>,
    today: RotaView,
    #[serde(skip_serializing_if = "Option::is_none")]
    plan: Option<RotaView>,
}

/// A kind of shift.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ShiftView {
    name: String,
    /// The hour of the day at which it begins.
    start: u32,
    hours: u32,
    /// What one person in it costs, in hours of a day shift.
    cost: f64,
}

/// A roster.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RotaView {
    /// For each kind of shift by name, how many work it on each day from Monday.
    people: BTreeMap<String, Vec<u32>>,
    /// How many are there in each hour of the week.
    hours: Vec<u32>,
    /// In hours of a day shift.
    cost: f64,
    paid_hours: u64,
}

/// `GET /s/{sandbox}/flow`.
pub(super) fn read(call: &Call<'_>) -> Result<FlowView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let Overview { emergency, today, plan } = call.platform().flow(&access)?;
    let (from, visits, median, p90) = match emergency.demand.origin {
        Origin::Forecast => ("forecast", None, None, None),
        Origin::Measured { visits, stay_median_minutes, stay_p90_minutes, .. } => {
            ("measured", Some(visits), Some(stay_median_minutes), Some(stay_p90_minutes))
        }
    };
    let shift = |one: &platform::flow::Pattern| ShiftView {
        name: one.name.clone(),
        start: one.start,
        hours: one.hours,
        cost: one.cost,
    };
    Ok(FlowView {
        visits_per_day: emergency.demand.visits_per_day(),
        from,
        visits,
        stay_median_minutes: median,
        stay_p90_minutes: p90,
        arrivals_per_hour: emergency.demand.arrivals_per_hour.clone(),
        load: emergency.load.clone(),
        rooms: emergency.department.rooms,
        beds: emergency.department.beds,
        shifts: emergency.patterns.iter().map(shift).collect(),
        today: RotaView::of(&emergency, today),
        plan: plan.map(|plan| RotaView::of(&emergency, plan)),
    })
}

/// `POST /s/{sandbox}/flow/plan`.
pub(super) fn set(call: &Call<'_>, plan: &NewPlan) -> Result<RotaView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let rota = call.platform().set_flow_plan(&access, &plan.people)?;
    Ok(RotaView::of(&call.platform().flow(&access)?.emergency, rota))
}

/// `POST /s/{sandbox}/flow/roster`.
pub(super) fn propose(call: &Call<'_>, wish: &NewWish) -> Result<RotaView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let wish = Wish { margin: wish.margin, at_least: wish.at_least, paid_hours: wish.paid_hours };
    let rota = call.platform().propose_flow(&access, wish)?;
    Ok(RotaView::of(&call.platform().flow(&access)?.emergency, rota))
}

impl RotaView {
    fn of(emergency: &Emergency, rota: Rota) -> Self {
        let names = emergency.patterns.iter().map(|pattern| pattern.name.clone());
        Self {
            people: names.zip(rota.people).collect(),
            hours: rota.hours,
            cost: rota.cost,
            paid_hours: rota.paid_hours,
        }
    }
}
