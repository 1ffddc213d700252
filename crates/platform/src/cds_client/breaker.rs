use serde::{Deserialize, Serialize};

/// Failures in a row after which a service rests.
pub const FAILURES_MAX: u32 = 3;
/// How long it rests, in seconds.
pub const REST_S: i64 = 60;

/// How a service has done lately. One that fails again and again is not called for a while: whoever waits for it waits in
/// vain, and it may be busy enough.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// How many calls in a row have failed.
    pub failures_in_row: u32,
    /// Until when it is not called, by the machine's clock, in microseconds since 1970 UTC.
    pub rests_until_us: i64,
}

impl Standing {
    /// Whether it is not called now.
    #[must_use]
    pub fn is_resting(self, now_us: i64) -> bool {
        now_us < self.rests_until_us
    }

    /// How it stands after a call. After a rest one failure is enough for the next one.
    #[must_use]
    pub fn after(self, well: bool, now_us: i64) -> Self {
        if well {
            return Self::default();
        }
        let failures_in_row = self.failures_in_row.saturating_add(1);
        let rests = failures_in_row >= FAILURES_MAX;
        let rests_until_us = if rests { now_us + REST_S * 1_000_000 } else { self.rests_until_us };
        Self { failures_in_row, rests_until_us }
    }
}

#[cfg(test)]
mod tests {
    use super::{FAILURES_MAX, REST_S, Standing};

    #[test]
    fn a_service_rests_after_some_failures_and_is_tried_once_then() {
        let mut standing = Standing::default();
        for call in 1..=FAILURES_MAX {
            assert!(!standing.is_resting(0), "before call {call}");
            standing = standing.after(false, 0);
        }
        let end_us = REST_S * 1_000_000;
        assert!(standing.is_resting(end_us - 1) && !standing.is_resting(end_us));
        assert!(standing.after(false, end_us).is_resting(end_us), "one more failure is enough");
        assert_eq!(standing.after(true, end_us), Standing::default());
        let twice = Standing::default().after(false, 0).after(false, 0);
        assert_eq!(
            twice.after(true, 0).after(false, 0).failures_in_row,
            1,
            "it is failures in a row that count"
        );
    }
}
