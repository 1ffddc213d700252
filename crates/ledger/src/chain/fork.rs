use revm::database::InMemoryDB;

use super::fault::ChainFault;
use super::run::{self, Outcome, Request};
use super::state::Chain;

/// A copy of a chain on which anything may be tried: the chain itself never hears of it.
#[derive(Clone)]
pub struct Fork {
    db: InMemoryDB,
    number: u64,
    time_s: u64,
}

impl Chain {
    /// A copy that goes on from the newest block, at `time_s` or where the chain is, whichever is later.
    pub fn fork(&self, time_s: u64) -> Fork {
        let head = self.head();
        Fork { db: self.db.clone(), number: head.number + 1, time_s: time_s.max(head.time_s + 1) }
    }
}

impl Fork {
    /// The fork's time, in seconds since 1970 UTC.
    pub fn time_s(&self) -> u64 {
        self.time_s
    }

    /// Lets time pass.
    pub fn wait(&mut self, seconds: u64) {
        self.time_s = self.time_s.saturating_add(seconds);
    }

    /// Carries a call out, in a block of its own. It needs no signature.
    ///
    /// # Errors
    /// If the virtual machine does not even begin it.
    pub fn send(&mut self, asked: &Request) -> Result<Outcome, ChainFault> {
        let done = run::carry_out(&mut self.db, self.number, self.time_s, asked);
        self.number += 1;
        self.time_s += 1;
        done.map_err(ChainFault::Refused)
    }

    /// Tries a call that changes nothing.
    ///
    /// # Errors
    /// As [`Fork::send`].
    pub fn ask(&self, asked: &Request) -> Result<Outcome, ChainFault> {
        run::call(&self.db, self.number, self.time_s, asked).map_err(ChainFault::Refused)
    }
}
