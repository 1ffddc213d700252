use std::collections::BTreeMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often a waiting test looks whether somebody stopped the run.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// A call from outside that a test waits for: a redirect of a browser, a message of a client under test.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Inbound {
    /// In one line, such as `GET /callback`.
    pub what: String,
    /// What it carries by name: the query of an address.
    pub fields: BTreeMap<String, String>,
    /// Headers.
    pub headers: Vec<(String, String)>,
    /// What was sent.
    pub body: Vec<u8>,
}

/// Calls that came, by the identifier somebody waits with. Only an identifier that is waited for is taken.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    waited: Mutex<BTreeMap<String, Option<Inbound>>>,
    came: Condvar,
}

impl Inbox {
    /// Hands a call in; false if nobody waits for it.
    pub(super) fn deliver(&self, identifier: &str, call: Inbound) -> bool {
        match self.lock().get_mut(identifier) {
            Some(place @ None) => *place = Some(call),
            _ => return false,
        }
        self.came.notify_all();
        true
    }

    /// Waits for a call; none if time ran out, or it is no longer wanted.
    pub(super) fn wait(
        &self,
        identifier: &str,
        patience: Duration,
        wanted: impl Fn() -> bool,
    ) -> Option<Inbound> {
        let until = Instant::now() + patience;
        let mut waited = self.lock();
        waited.insert(identifier.to_owned(), None);
        loop {
            if let Some(Some(_)) = waited.get(identifier) {
                break;
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || !wanted() {
                break;
            }
            let woken = self.came.wait_timeout(waited, left.min(LOOK_EVERY));
            waited = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
        waited.remove(identifier).flatten()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Option<Inbound>>> {
        self.waited.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
