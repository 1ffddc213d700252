//! A department that a lab hands out: how many will come, when, and how much room there is.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::FlowTrouble;
use super::demand::{Demand, Origin};
use super::shipped::shipped;
use crate::access::{Access, outcome};

/// The fact that a sandbox keeps it under.
const FACT: &str = "flow.department";
/// The most visits a day.
const VISITS_MAX: f64 = 600.0;

/// What a lab says of its department; what it leaves out is as shipped.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Forecast {
    layer: String,
    r#do: String,
    /// Visits a day, on average.
    visits_per_day: f64,
    /// By how many hours the day runs later than the one that is shipped.
    #[serde(default)]
    later_hours: i32,
    /// How many come on Saturday and Sunday for each who came there.
    #[serde(default = "one")]
    weekend: f64,
    /// How many come between 23:00 and 07:00 for each who came there.
    #[serde(default = "one")]
    nights: f64,
    /// Rooms, if other than shipped.
    pub(super) rooms: Option<u32>,
    /// Beds, if other than shipped.
    pub(super) beds: Option<u32>,
}

fn one() -> f64 {
    1.0
}

/// Places a department in a hospital that is being made, and says what a lab may name of it.
pub(crate) fn place(access: &Access, table: &Value) -> Result<Value, FlowTrouble> {
    let wrong = |what: String| FlowTrouble::Plan(what);
    let mut said = table.clone();
    if let Some(members) = said.as_object_mut() {
        members.remove("at");
    }
    let forecast: Forecast = serde_json::from_value(said).map_err(|error| wrong(error.to_string()))?;
    if forecast.r#do != "forecast" {
        return Err(wrong(format!(
            "a fault of layer flow cannot `{}`; write do = \"forecast\"",
            forecast.r#do
        )));
    }
    if !(1.0..=VISITS_MAX).contains(&forecast.visits_per_day) {
        return Err(wrong(format!("visits_per_day is a number from 1 to {VISITS_MAX}")));
    }
    if ![forecast.weekend, forecast.nights].iter().all(|factor| (0.1..=5.0).contains(factor)) {
        return Err(wrong("weekend and nights are numbers from 0.1 to 5".to_owned()));
    }
    let visits = forecast.visits_per_day;
    let text = serde_json::to_string(&forecast).map_err(|error| wrong(error.to_string()))?;
    let event = access.event(FACT, None, outcome::OK, json!({"visits_per_day": visits}));
    access.sandbox().set_fact(FACT, &text, &event)?;
    Ok(json!({"visits_per_day": visits}))
}

/// The forecast that a lab handed out, if one did.
pub(super) fn forecast(access: &Access) -> Result<Option<Forecast>, FlowTrouble> {
    let Some(text) = access.sandbox().fact(FACT)? else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|error| FlowTrouble::Records(format!("{FACT}: {error}")))
}

impl Forecast {
    /// Who will come.
    pub(super) fn demand(&self) -> Result<Demand, FlowTrouble> {
        let shipped = shipped()?;
        let mut hours: Vec<f64> = (0..24_i32)
            .map(|hour| shipped.hours[(hour - self.later_hours).rem_euclid(24) as usize])
            .collect();
        for hour in (0..7).chain([23]) {
            hours[hour] *= self.nights;
        }
        let mut days = shipped.days;
        days[5..].iter_mut().for_each(|day| *day *= self.weekend);
        Ok(Demand::spread(self.visits_per_day, &hours, &days, Origin::Forecast))
    }
}
