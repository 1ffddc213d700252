use hospital::clock::{Clock, ClockError};
use serde::Deserialize;
use serde_json::json;
use store::StoreError;
use store::sandbox::Sandbox;

use super::enter::SandboxError;
use crate::access::{Access, outcome};
use crate::platform::Platform;

/// The name of the fact a sandbox keeps its clock under.
const FACT: &str = "clock";

/// What may be done to a hospital's clock.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ClockChange {
    /// Stop it.
    Pause,
    /// Let it run so many times as fast as real time, 1 to 1000.
    Rate(u32),
    /// Move it on by so many seconds.
    AdvanceSeconds(u32),
    /// Move it on to the next thing that is due: a message, a result. Where nothing is, it stays.
    NextEvent,
}

/// The clock a sandbox keeps; one that never had any shows real time.
pub fn clock_of(sandbox: &Sandbox, wall_us: i64) -> Result<Clock, StoreError> {
    let Some(text) = sandbox.fact(FACT)? else { return Ok(Clock::starting(wall_us, wall_us)) };
    serde_json::from_str(&text)
        .map_err(|_| StoreError::Damaged { what: format!("the clock of sandbox '{}'", sandbox.id()) })
}

/// A clock that starts at `virtual_us` and runs as fast as real time, as the fact to store.
pub(crate) fn starting_at(virtual_us: i64, wall_us: i64) -> String {
    write(&Clock::starting(virtual_us, wall_us))
}

/// A clock as the fact to store.
pub(super) fn write(clock: &Clock) -> String {
    json!(clock).to_string()
}

impl Platform {
    /// Lets a hospital's clock show `virtual_us` now and run on as it did.
    pub(crate) fn set_clock(&self, access: &Access, virtual_us: i64) -> Result<(), StoreError> {
        let clock =
            Clock { anchor_virtual_us: virtual_us, anchor_wall_us: access.wall_us(), ..*access.clock() };
        let detail = json!({"rate": clock.rate, "virtual_us": virtual_us});
        let event = access.event("sandbox.clock", None, outcome::OK, detail);
        access.sandbox().set_fact(FACT, &write(&clock), &event)
    }

    /// Changes a hospital's clock and returns it.
    pub fn change_clock(&self, access: &Access, change: ClockChange) -> Result<Clock, SandboxError> {
        let wall_us = access.wall_us();
        let mut clock = *access.clock();
        let refused = |error: ClockError| SandboxError::Invalid(error.to_string());
        match change {
            ClockChange::Pause => clock.pause(wall_us),
            ClockChange::Rate(rate) => clock.set_rate(wall_us, rate).map_err(refused)?,
            ClockChange::AdvanceSeconds(seconds) => {
                clock.advance(wall_us, i64::from(seconds) * 1_000_000).map_err(refused)?;
            }
            ClockChange::NextEvent => {
                if let Some(due_us) = self.next_due_us(access)?.filter(|due_us| *due_us > clock.now(wall_us))
                {
                    clock.set(wall_us, due_us).map_err(refused)?;
                }
            }
        }
        let detail = json!({"rate": clock.rate, "virtual_us": clock.now(wall_us)});
        let event = access.event("sandbox.clock", None, outcome::OK, detail);
        access.sandbox().set_fact(FACT, &write(&clock), &event)?;
        access.tell("sandbox.clock");
        Ok(clock)
    }
}
