use platform::drills::{Busy, Command, DrillView, MINUTE_US, Player, Row, WallRow, score};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Value, json};
use standards::fhir::instant;

use super::view::{DrillItem, item};
use crate::api::call::Call;
use crate::problem::Problem;

/// How a drill stands.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DrillRead {
    drill: DrillItem,
    /// The number of the newest event: what follows begins after it.
    seq: u64,
    /// The hospital's time.
    now: String,
    /// How fast it runs; 0 when it stands still.
    rate: u32,
    over: bool,
    /// Of a hundred, so far; nothing while a drill that counts goes on.
    points: Option<u32>,
    /// Full minutes of the hospital since it began.
    minute: i64,
    /// What the caller signs in with, by which events name them.
    me: String,
    /// The caller's roles.
    roles: Vec<String>,
    team: Vec<DrillPlayer>,
    /// Who is at work with what.
    busy: Vec<DrillWork>,
    commands: Vec<DrillCommand>,
    systems: Vec<DrillSystem>,
    /// Machines: `host`, `health`, `why`.
    hosts: Value,
    /// Cables: `from`, `to`, `per_hour`, `waiting`, `interfaces`.
    links: Value,
    /// Everything that has happened.
    events: Vec<Value>,
    /// The same in words: `seq`, `minute`, `kind`, `who`, `title`, `says`, `care`. What was reached is told of a drill that counts
    /// when it is over.
    told: Value,
}

/// Somebody who takes part.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DrillPlayer {
    login: String,
    name: String,
    roles: Vec<String>,
}

/// A role at work.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DrillWork {
    role: String,
    by: String,
    command: String,
    until: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DrillCommand {
    id: &'static str,
    title: &'static str,
    /// What it means.
    about: &'static str,
    role: &'static str,
    /// Where it is given: `desk`, `telephone`, `cart`, `chart`, `host:ID` or `cable:ID`.
    place: String,
    takes_min: u32,
    /// Why it cannot be given now; nothing, where it can.
    why_not: Option<String>,
    at_work: bool,
    done: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct DrillSystem {
    system: String,
    /// What it is called.
    title: String,
    /// Why it fails, if it does.
    failed: Option<String>,
    /// Interfaces that carry nothing.
    closed: usize,
    interfaces: usize,
    waiting: u64,
    refused_or_lost: u64,
}

/// The drill as the caller sees it.
pub(super) fn seen(call: &Call<'_>) -> Result<DrillView, Problem> {
    Ok(call.platform().view_drill(call.person()?, call.part("drill"))?)
}

pub(super) fn read(call: &Call<'_>) -> Result<DrillRead, Problem> {
    let view = seen(call)?;
    Ok(written(&view, &call.person()?.login))
}

/// A drill as somebody is sent it.
pub(super) fn written(view: &DrillView, me: &str) -> DrillRead {
    let over = view.run.ended_us.is_some();
    let judged = over || view.drill.ended.is_some() || !view.drill.assessed;
    let is_told = |row: &Row| judged || !matches!(row.kind.as_str(), "met" | "breached");
    let told: Vec<Row> = view.after_action().timeline.into_iter().filter(is_told).collect();
    DrillRead {
        drill: item(&view.drill),
        seq: view.run.seq,
        now: instant::format(view.now_us),
        rate: view.rate,
        over,
        points: judged.then(|| score(view.scenario, &view.run).points),
        minute: (view.now_us - view.run.begun_us) / MINUTE_US,
        me: me.to_owned(),
        roles: view.roles.clone(),
        team: players(view),
        busy: works(view),
        commands: view.offers.iter().map(command).collect(),
        systems: view.wall.iter().map(system).collect(),
        hosts: json!(view.network.hosts),
        links: json!(view.network.links),
        events: view.events.iter().map(|event| json!(event)).collect(),
        told: json!(told),
    }
}

fn players(view: &DrillView) -> Vec<DrillPlayer> {
    let player = |one: &Player| DrillPlayer {
        login: one.login.clone(),
        name: one.name.clone(),
        roles: one.roles.clone(),
    };
    view.players.iter().map(player).collect()
}

fn works(view: &DrillView) -> Vec<DrillWork> {
    let work = |one: &Busy| DrillWork {
        role: one.role.clone(),
        by: one.by.clone(),
        command: one.command.clone(),
        until: instant::format(one.until_us),
    };
    view.run.busy.iter().map(work).collect()
}

fn command(
    (command, why_not, at_work, done): &(&'static Command, Option<String>, bool, bool),
) -> DrillCommand {
    DrillCommand {
        id: &command.id,
        title: &command.title,
        about: &command.about,
        role: &command.role,
        place: command.place.to_string(),
        takes_min: command.takes_min,
        why_not: why_not.clone(),
        at_work: *at_work,
        done: *done,
    }
}

fn system(row: &WallRow) -> DrillSystem {
    DrillSystem {
        system: row.system.clone(),
        title: row.title.clone(),
        failed: row.failed.clone(),
        closed: row.closed.0,
        interfaces: row.closed.1,
        waiting: row.waiting,
        refused_or_lost: row.missing,
    }
}
