//! When to try again, and when to give up: the decisions of a destination's queue.

use crate::channel::{Queue, QueueMode};
use crate::run::State;

/// The longest wait between two attempts.
const WAIT_S_MAX: u64 = 3_600;

/// What becomes of a message after an attempt failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// Another attempt, so many microseconds from now.
    Retry {
        /// How long to wait.
        wait_us: i64,
    },
    /// A dead letter: it stays in `ERROR` until somebody sends it again, and lets those behind it pass.
    DeadLetter,
}

/// What becomes of a message whose attempt number `attempts` has just failed.
///
/// The wait doubles with every attempt, up to an hour. A refusal for good, such as an `AR`, is not tried again: the same bytes would be refused again.
pub fn after_failure(queue: &Queue, attempts: u32, for_good: bool) -> Next {
    if queue.mode == QueueMode::Never || for_good || attempts >= queue.attempts_max {
        return Next::DeadLetter;
    }
    let doublings = attempts.saturating_sub(1).min(12);
    let wait_s = (u64::from(queue.retry_interval_s) << doublings).min(WAIT_S_MAX);
    Next::Retry { wait_us: wait_s as i64 * 1_000_000 }
}

/// Whether a message in this state still has to be sent.
pub fn is_waiting(state: State) -> bool {
    matches!(state, State::Pending | State::Queued)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_end() {
        let queue = Queue { mode: QueueMode::Always, retry_interval_s: 10, attempts_max: 12 };
        let waits_s: Vec<i64> = (1..12)
            .map(|attempts| match after_failure(&queue, attempts, false) {
                Next::Retry { wait_us } => wait_us / 1_000_000,
                Next::DeadLetter => -1,
            })
            .collect();
        assert_eq!(waits_s, [10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 3_600, 3_600]);
        assert_eq!(after_failure(&queue, 12, false), Next::DeadLetter);
        assert_eq!(after_failure(&queue, 1, true), Next::DeadLetter, "refused for good");
        let never = Queue { mode: QueueMode::Never, ..queue };
        assert_eq!(after_failure(&never, 1, false), Next::DeadLetter);
    }
}
