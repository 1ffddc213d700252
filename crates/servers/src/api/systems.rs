//! Systems and interfaces of a hospital, and whether it lives by itself.

use axum::http::StatusCode;
use platform::live::{
    Difference, InterfaceChange, InterfaceView, Remedy, SystemCensus, SystemView, compare_census, map,
};
use platform::sandboxes::SandboxError;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use super::call::Call;
use crate::problem::Problem;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct MapView {
    /// What the hospital is called.
    title: String,
    /// The hospital's own time.
    virtual_now: String,
    /// Whether the other systems do their work by themselves.
    living: bool,
    /// Whether patients come and go by themselves.
    playing: bool,
    systems: Vec<SystemItem>,
    interfaces: Vec<InterfaceItem>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SystemItem {
    id: String,
    title: String,
    /// The system whose store it shares, if it has none of its own.
    shares: Option<String>,
    /// How many records of its own it has.
    records: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct InterfaceItem {
    id: String,
    from: String,
    to: String,
    protocol: String,
    events: Vec<String>,
    port: u16,
    /// `up`, or one word for why it carries nothing.
    standing: String,
    waiting: u64,
    delivered: u64,
    refused: u64,
}

/// Exactly one of the four.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewInterfaceState {
    /// `true` lets it carry nothing; messages wait.
    stop: Option<bool>,
    /// `true` lets it carry messages again.
    start: Option<bool>,
    /// Mends what keeps it from carrying anything: `restart-sender`, `renew-certificate`, `free-disk` or `unlock-account`.
    #[schemars(with = "Option<String>")]
    repair: Option<Remedy>,
    /// Sends the message of this place again, which was refused or lost.
    resend: Option<i64>,
}

#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewLife {
    /// Whether the other systems do their work by themselves.
    living: Option<bool>,
    /// Whether patients come and go by themselves.
    playing: Option<bool>,
}

pub(super) fn read(call: &Call<'_>) -> Result<MapView, Problem> {
    let map = map(&call.enter(call.part("sandbox"))?).map_err(SandboxError::from)?;
    Ok(MapView {
        title: map.title,
        virtual_now: instant::format(map.now_us),
        living: map.living,
        playing: map.playing,
        systems: map.systems.into_iter().map(system).collect(),
        interfaces: map.interfaces.into_iter().map(interface).collect(),
    })
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CensusList {
    systems: Vec<CensusItem>,
}

/// What one system believes of who is in the house.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CensusItem {
    system: String,
    /// How many people it believes to be in the house.
    here: usize,
    /// Of whom it believes something else than the chart.
    differing: Vec<DifferingPerson>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DifferingPerson {
    mrn: String,
    differences: Vec<DifferenceItem>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DifferenceItem {
    what: &'static str,
    chart: String,
    system: String,
}

pub(super) fn census(call: &Call<'_>) -> Result<CensusList, Problem> {
    let compared = compare_census(&call.enter(call.part("sandbox"))?)?;
    let person = |(mrn, _, differences): (String, Option<String>, Vec<Difference>)| {
        let item = |Difference { what, chart, system }: Difference| DifferenceItem { what, chart, system };
        DifferingPerson { mrn, differences: differences.into_iter().map(item).collect() }
    };
    let item = |SystemCensus { system, here, differing, .. }: SystemCensus| CensusItem {
        system,
        here,
        differing: differing.into_iter().map(person).collect(),
    };
    Ok(CensusList { systems: compared.into_iter().map(item).collect() })
}

pub(super) fn change(call: &Call<'_>, given: &NewInterfaceState) -> Result<MapView, Problem> {
    let change = match *given {
        NewInterfaceState { stop: Some(true), start: None, repair: None, resend: None } => {
            InterfaceChange::Stop
        }
        NewInterfaceState { stop: None, start: Some(true), repair: None, resend: None } => {
            InterfaceChange::Start
        }
        NewInterfaceState { stop: None, start: None, repair: Some(remedy), resend: None } => {
            InterfaceChange::Repair(remedy)
        }
        NewInterfaceState { stop: None, start: None, repair: None, resend: Some(seq) } => {
            InterfaceChange::Resend(seq)
        }
        _ => {
            let what =
                "say one of: stop (true), start (true), repair (a remedy), resend (the place of a message)";
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what));
        }
    };
    let access = call.enter(call.part("sandbox"))?;
    call.platform().change_interface(&access, call.part("interface"), &change)?;
    read(call)
}

pub(super) fn live(call: &Call<'_>, given: &NewLife) -> Result<MapView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    if let Some(living) = given.living {
        call.platform().set_living(&access, living)?;
    }
    if let Some(playing) = given.playing {
        call.platform().set_playing(&access, playing)?;
    }
    read(call)
}

fn system(system: SystemView) -> SystemItem {
    let records = system.records.iter().map(|(_, count)| count).sum();
    SystemItem { id: system.id, title: system.title, shares: system.shares, records }
}

fn interface(one: InterfaceView) -> InterfaceItem {
    let InterfaceView { id, from, to, protocol, events, port, standing, waiting, delivered, refused, .. } =
        one;
    InterfaceItem { id, from, to, protocol, events, port, standing, waiting, delivered, refused }
}
