//! Who wants to know when something happens in a sandbox: pages that follow it, and checks that depend on it.

use std::sync::{Arc, Mutex, PoisonError};

/// Something happened in a sandbox. What it was stands in the journal; this only says that looking is worth while.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// The sandbox.
    pub sandbox: String,
    /// The journal kind, or `verdicts` when checks were judged anew.
    pub kind: String,
}

type Listener = Box<dyn Fn(&Happening) + Send>;

/// Hands each happening to every listener. Listeners must be quick: they run in the thread that caused it.
#[derive(Clone, Default)]
pub struct Watch {
    listeners: Arc<Mutex<Vec<Listener>>>,
}

impl Watch {
    /// Adds a listener for as long as the platform lives.
    pub fn listen(&self, listener: impl Fn(&Happening) + Send + 'static) {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(listener));
    }

    /// Tells every listener that an entry of `kind` was written in `sandbox`.
    pub fn tell(&self, sandbox: &str, kind: &str) {
        let happening = Happening { sandbox: sandbox.to_owned(), kind: kind.to_owned() };
        for listener in self.listeners.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            listener(&happening);
        }
    }
}
