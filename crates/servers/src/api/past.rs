//! A sandbox's past and its clock.

use axum::http::StatusCode;
use platform::sandboxes::ClockChange;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use standards::fhir::instant;

use super::call::Call;
use super::given::Nothing;
use super::sandboxes::{SandboxView, view};
use crate::problem::Problem;

#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSnapshot {
    /// Up to 64 letters, digits, hyphens and underscores.
    name: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Snapshots {
    snapshots: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Undone {
    /// Whether there was a change to take back.
    pub(super) undone: bool,
}

/// Exactly one of the four.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewClock {
    /// `true` stops it.
    pause: Option<bool>,
    /// Lets it run so many times as fast as real time, 1 to 1000; 0 stops it.
    rate: Option<u32>,
    /// Moves it on by so many seconds.
    advance_seconds: Option<u32>,
    /// `true` moves it on to the next message or result that is due.
    next_event: Option<bool>,
}

impl NewClock {
    fn change(self) -> Result<ClockChange, Problem> {
        let Self { pause, rate, advance_seconds, next_event } = self;
        let wishes = [
            pause.filter(|pause| *pause).map(|_| ClockChange::Pause),
            rate.map(ClockChange::Rate),
            advance_seconds.map(ClockChange::AdvanceSeconds),
            next_event.filter(|next| *next).map(|_| ClockChange::NextEvent),
        ];
        let mut wishes = wishes.into_iter().flatten();
        match (wishes.next(), wishes.next()) {
            (Some(only), None) => Ok(only),
            _ => {
                let what = "say one of: pause (true), rate (0 to 1000), advance_seconds, next_event (true)";
                Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what))
            }
        }
    }
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ClockView {
    /// The hospital's own time.
    virtual_now: String,
    /// How many times as fast as real time it runs; 0 while it is paused.
    rate: u32,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Digest {
    /// SHA-256 over the image and everything that differs from it, lower-case hexadecimal. The journal is left out.
    digest: String,
}

pub(super) fn reset(call: &Call<'_>, _: &Nothing) -> Result<SandboxView, Problem> {
    call.platform().reset_sandbox(&call.enter(call.part("id"))?)?;
    view(call, call.part("id"))
}

pub(super) fn snapshots(call: &Call<'_>) -> Result<Snapshots, Problem> {
    Ok(Snapshots { snapshots: call.enter(call.part("id"))?.sandbox().snapshots()? })
}

pub(super) fn take(call: &Call<'_>, given: &NewSnapshot) -> Result<Snapshots, Problem> {
    let access = call.enter(call.part("id"))?;
    call.platform().take_snapshot(&access, &given.name)?;
    Ok(Snapshots { snapshots: access.sandbox().snapshots()? })
}

pub(super) fn return_to(call: &Call<'_>, _: &Nothing) -> Result<SandboxView, Problem> {
    call.platform().return_to_snapshot(&call.enter(call.part("id"))?, call.part("name"))?;
    view(call, call.part("id"))
}

pub(super) fn undo(call: &Call<'_>, _: &Nothing) -> Result<Undone, Problem> {
    Ok(Undone { undone: call.platform().undo(&call.enter(call.part("id"))?)? })
}

pub(super) fn clock(call: &Call<'_>, given: &NewClock) -> Result<ClockView, Problem> {
    let change = given.change()?;
    let access = call.enter(call.part("id"))?;
    let clock = call.platform().change_clock(&access, change)?;
    Ok(ClockView { virtual_now: instant::format(clock.now(access.wall_us())), rate: clock.rate })
}

pub(super) fn digest(call: &Call<'_>) -> Result<Digest, Problem> {
    Ok(Digest { digest: call.enter(call.part("id"))?.sandbox().state_digest()? })
}
