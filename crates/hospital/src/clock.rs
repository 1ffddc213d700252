//! The hospital's own time.

use serde::{Deserialize, Serialize};

/// The fastest a virtual clock may run: a thousand virtual seconds a second.
pub const RATE_MAX: u32 = 1000;

/// A clock that was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a clock runs at 1 to {RATE_MAX} times real time, not {0}; pause it to stop it")]
pub struct RateRefused(pub u32);

/// A clock that follows real time at a rate: it showed `anchor_virtual_us` when real time was `anchor_wall_us`.
///
/// Nothing ticks: what it shows is computed from the real time it is asked with. All times are microseconds since
/// 1970 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    /// What it showed at the anchor.
    pub anchor_virtual_us: i64,
    /// The real time of the anchor.
    pub anchor_wall_us: i64,
    /// Virtual time per real time: 0 stands still, 1 is real time.
    pub rate: u32,
}

impl Clock {
    /// A clock that shows `virtual_us` at real time `wall_us` and runs as fast as real time.
    #[must_use]
    pub fn new(virtual_us: i64, wall_us: i64) -> Self {
        Self { anchor_virtual_us: virtual_us, anchor_wall_us: wall_us, rate: 1 }
    }

    /// What it shows at real time `wall_us`. It never runs backwards, even if real time does.
    #[must_use]
    pub fn now(&self, wall_us: i64) -> i64 {
        let passed = wall_us.saturating_sub(self.anchor_wall_us).max(0);
        self.anchor_virtual_us.saturating_add(passed.saturating_mul(i64::from(self.rate)))
    }

    /// Stops it where it is.
    pub fn pause(&mut self, wall_us: i64) {
        self.anchor(wall_us);
        self.rate = 0;
    }

    /// Lets it run at `rate` times real time from here.
    ///
    /// # Errors
    /// [`RateRefused`] outside 1 to [`RATE_MAX`]; the clock is as it was.
    pub fn set_rate(&mut self, rate: u32, wall_us: i64) -> Result<(), RateRefused> {
        if !(1..=RATE_MAX).contains(&rate) {
            return Err(RateRefused(rate));
        }
        self.anchor(wall_us);
        self.rate = rate;
        Ok(())
    }

    /// Moves it on by `by_us`, without the time between having passed.
    pub fn advance(&mut self, by_us: i64) {
        self.anchor_virtual_us = self.anchor_virtual_us.saturating_add(by_us.max(0));
    }

    fn anchor(&mut self, wall_us: i64) {
        *self = Self { anchor_virtual_us: self.now(wall_us), anchor_wall_us: wall_us, rate: self.rate };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_follows_real_time_at_its_rate() {
        let mut clock = Clock::new(1_000, 10);
        assert_eq!(clock.now(15), 1_005);
        clock.set_rate(100, 15).unwrap();
        assert_eq!(clock.now(16), 1_105);
        clock.pause(16);
        assert_eq!(clock.now(9_999), 1_105);
        clock.advance(50);
        assert_eq!(clock.now(9_999), 1_155);
    }

    #[test]
    fn it_never_runs_backwards() {
        assert_eq!(Clock::new(1_000, 10).now(0), 1_000);
    }

    #[test]
    fn a_rate_out_of_range_changes_nothing() {
        let mut clock = Clock::new(1_000, 10);
        assert_eq!(clock.set_rate(1_001, 20), Err(RateRefused(1_001)));
        assert_eq!(clock, Clock::new(1_000, 10));
    }
}
