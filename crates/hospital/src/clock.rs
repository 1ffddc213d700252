//! A sandbox's own time.
//!
//! A [`Clock`] remembers one moment at which virtual and wall time were both known, and how
//! fast virtual time has run since. It reads no clock itself: every call is told the wall
//! time. Virtual time never runs backwards.

use serde::{Deserialize, Serialize};

/// The fastest a hospital runs: a thousand virtual seconds a second.
pub const RATE_MAX: u32 = 1000;

/// Virtual time as a function of wall time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// Virtual microseconds at the anchor.
    pub anchor_virtual_us: i64,
    /// Wall microseconds at the anchor.
    pub anchor_wall_us: i64,
    /// Virtual seconds a wall second; 0 while paused.
    pub rate: u32,
    /// The rate to go on with after a pause, 1 to [`RATE_MAX`].
    pub resume_rate: u32,
}

/// Why a clock was left as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// The rate is above [`RATE_MAX`].
    #[error("a rate of {0} is too fast: give 0 to pause, or 1 to {RATE_MAX}")]
    TooFast(u32),
    /// The new time lies before the present one.
    #[error("virtual time cannot go back by {0} microseconds: reset the sandbox instead")]
    Backwards(i64),
}

impl Clock {
    /// A clock that shows `virtual_us` now and runs at the speed of life.
    pub fn starting(virtual_us: i64, wall_us: i64) -> Self {
        Self { anchor_virtual_us: virtual_us, anchor_wall_us: wall_us, rate: 1, resume_rate: 1 }
    }

    /// The virtual time; a wall clock set back stops it rather than turning it back.
    pub fn now(&self, wall_us: i64) -> i64 {
        let passed_us = wall_us.saturating_sub(self.anchor_wall_us).max(0);
        let virtual_us = passed_us.saturating_mul(i64::from(self.rate));
        self.anchor_virtual_us.saturating_add(virtual_us)
    }

    /// True while virtual time stands still.
    pub fn is_paused(&self) -> bool {
        self.rate == 0
    }

    /// Stops virtual time.
    pub fn pause(&mut self, wall_us: i64) {
        self.anchor(wall_us, self.now(wall_us), 0);
    }

    /// Goes on at the rate before the pause.
    pub fn resume(&mut self, wall_us: i64) {
        if self.is_paused() {
            self.anchor(wall_us, self.now(wall_us), self.resume_rate);
        }
    }

    /// Runs at another rate from now on; 0 pauses.
    ///
    /// # Errors
    /// [`ClockError::TooFast`] above [`RATE_MAX`].
    pub fn set_rate(&mut self, wall_us: i64, rate: u32) -> Result<(), ClockError> {
        if rate > RATE_MAX {
            return Err(ClockError::TooFast(rate));
        }
        self.anchor(wall_us, self.now(wall_us), rate);
        Ok(())
    }

    /// Jumps ahead by so much virtual time.
    ///
    /// # Errors
    /// [`ClockError::Backwards`] for a negative jump.
    pub fn advance(&mut self, wall_us: i64, by_us: i64) -> Result<(), ClockError> {
        self.set(wall_us, self.now(wall_us).saturating_add(by_us))
    }

    /// Jumps to a virtual time, and keeps the rate.
    ///
    /// # Errors
    /// [`ClockError::Backwards`] for a time before the present one.
    pub fn set(&mut self, wall_us: i64, virtual_us: i64) -> Result<(), ClockError> {
        let back_us = self.now(wall_us).saturating_sub(virtual_us);
        if back_us > 0 {
            return Err(ClockError::Backwards(back_us));
        }
        self.anchor(wall_us, virtual_us, self.rate);
        Ok(())
    }

    fn anchor(&mut self, wall_us: i64, virtual_us: i64, rate: u32) {
        self.anchor_wall_us = self.anchor_wall_us.max(wall_us);
        self.anchor_virtual_us = virtual_us;
        self.rate = rate;
        if rate > 0 {
            self.resume_rate = rate;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_day_at_work() {
        let mut clock = Clock::starting(1_000, 50);
        assert_eq!(clock.now(60), 1_010);
        clock.set_rate(60, 10).unwrap();
        assert_eq!(clock.now(62), 1_030);
        clock.pause(62);
        assert_eq!(clock.now(1_000), 1_030);
        clock.advance(1_000, 500).unwrap();
        assert!(clock.is_paused());
        clock.resume(1_000);
        assert_eq!(clock.now(1_001), 1_540);
        clock.set(1_001, 2_000).unwrap();
        assert_eq!(clock.now(1_002), 2_010);
    }

    #[test]
    fn what_it_refuses_changes_nothing() {
        let mut clock = Clock::starting(1_000, 0);
        let before = clock;
        assert_eq!(clock.set_rate(5, 1001), Err(ClockError::TooFast(1001)));
        assert_eq!(clock.set(5, 1_000), Err(ClockError::Backwards(5)));
        assert_eq!(clock.advance(5, -1), Err(ClockError::Backwards(1)));
        assert_eq!(clock, before);
    }

    #[test]
    fn it_is_kept_as_json() {
        let clock = Clock::starting(7, 9);
        let text = serde_json::to_string(&clock).unwrap();
        assert_eq!(serde_json::from_str::<Clock>(&text).unwrap(), clock);
    }

    proptest! {
        #[test]
        fn virtual_time_never_runs_back(steps in prop::collection::vec((0..5_u8, 0..2000_i64, -50..500_i64), 1..40)) {
            let mut clock = Clock::starting(0, 0);
            let mut last = 0;
            for (what, wall, by) in steps {
                match what {
                    0 => clock.pause(wall),
                    1 => clock.resume(wall),
                    2 => { let _ = clock.set_rate(wall, by.unsigned_abs() as u32); }
                    3 => { let _ = clock.advance(wall, by); }
                    _ => { let _ = clock.set(wall, by); }
                }
                let now = clock.now(clock.anchor_wall_us);
                prop_assert!(now >= last);
                last = now;
            }
        }
    }
}
