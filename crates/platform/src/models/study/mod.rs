//! From a declared task to a version of a model with its card.

mod card;
mod error;
mod gather;
mod job;
mod keep;
mod recorded;
mod sql;
mod task;
mod train;

pub use card::{Apart, Card};
pub use error::StudyError;
pub(in crate::models) use gather::{Known, cases_of, events_of, features_of, labels};
pub use job::{Stage, Studies};
pub(in crate::models) use keep::PERMISSION;
pub use keep::{Parameters, Record, Registered};
pub(in crate::models) use sql::{CHOSEN, POINTS, bedside_sql, cases_sql, chosen_sql, outcome_sql, ward_sql};
pub use task::{ReadyTask, Task, Yardstick, ready_tasks};
pub use train::{Bringing, Training, bring, train};
