//! Decision support: rules evaluated over orders, what they said before, and what they would have said.

mod evaluate;
mod facts;
mod log;
mod rehearse;
mod replay;

pub(crate) use evaluate::weigh;
pub(super) use evaluate::{judge, unreadable};
pub(crate) use facts::chart_facts;
pub(super) use log::{ACCEPTED, BLOCKED, FIRED, OVERRIDDEN, SHOWN, fired};
pub use log::{Fired, RuleLog, rule_log, rule_logs};
pub(crate) use rehearse::{interrupted, staged};
pub use replay::{REPLAY_DAYS_MAX, Replay, Replayed, replay_rule};
