use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use store::records::Records;

use super::known::Known;
use super::password::Passwords;
use super::throttle::Throttle;
use crate::clock::Clock;
use crate::entropy::Entropy;

const FIVE_MINUTES_US: i64 = 5 * 60 * 1_000_000;

/// Everything about people: accounts, signing in, sessions and tokens. Share it behind an `Arc`.
pub struct People {
    pub(super) records: Arc<Records>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) entropy: Arc<dyn Entropy>,
    pub(crate) passwords: Passwords,
    pub(super) known: Known,
    throttles: Mutex<Throttles>,
}

/// Both limits on sign-in. One place guessing one login is stopped early; a classroom behind one address has room.
pub(crate) struct Throttles {
    pub(crate) login_from: Throttle,
    pub(crate) from: Throttle,
}

impl People {
    /// People as kept in `records`, at the time of `clock`, with secrets from `entropy`.
    pub fn new(records: Arc<Records>, clock: Arc<dyn Clock>, entropy: Arc<dyn Entropy>) -> Self {
        let throttles = Throttles {
            login_from: Throttle::new(10, FIVE_MINUTES_US),
            from: Throttle::new(300, FIVE_MINUTES_US),
        };
        Self {
            records,
            clock,
            entropy,
            passwords: Passwords::default(),
            known: Known::default(),
            throttles: Mutex::new(throttles),
        }
    }

    pub(crate) fn throttles(&self) -> MutexGuard<'_, Throttles> {
        self.throttles.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
