//! A simulated emergency department: discrete events, one after the other, in whole microseconds.
//!
//! Patients come as a Poisson process whose rate differs by hour of the week, are sorted into five levels (Emergency Severity
//! Index, ESI, 1 the most urgent), and go through triage, the provider, tests, the provider's decision, and, when they are
//! admitted, the wait for a bed on a ward. A patient who is being treated holds a room until they leave it, so a full ward shows in
//! the waiting room. Who waits too long goes home unseen.
//!
//! Everything about a patient is drawn when they come ([`Patient`]), in an order that nothing changes: two rosters meet the same
//! patients, and their difference is the rosters' own.

mod agenda;
mod chance;
mod department;
mod law;
mod line;
mod patient;
mod replicate;
mod report;
mod run;

pub use chance::Chance;
pub use department::{Department, LEVELS, Level, Staffing};
pub use law::Law;
pub use patient::{Arrivals, Patient};
pub use replicate::{Estimate, Replications, replicate};
pub use report::{LevelReport, Report};
pub use run::{Window, run};
