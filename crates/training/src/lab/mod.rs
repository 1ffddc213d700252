//! What a lab is made of.
//!
//! A [`Lab`] holds what all its variants share; each [`Variant`] is complete in itself (params, faults, steps), because
//! a variant may change any of them and nobody should have to merge two halves to know what a learner meets.
//! A [`Check`] is an objective test of the hospital or of what was done to it. Text in a lab may hold placeholders such
//! as `{patient.mrn}`, filled with this learner's own values (see [`crate::text`]).

mod bedside;
mod bounds;
mod channel;
mod check;
mod duration;
mod flow;
mod ledger;
mod message;
mod meter;
mod model;
mod param;
mod pattern;
mod reach;
mod record;
mod release;
mod rows;
mod service;

pub use bedside::{BedsideMeasure, BedsideTest};
pub use bounds::Bounds;
pub use channel::{ChannelTest, Try, Wanted};
pub use check::{
    Check, CheckKind, HiddenOrder, HttpProbe, JournalExpect, Modifier, Role, Score, SupportTest, Truth,
};
pub use duration::Duration;
pub use flow::{FlowMeasure, FlowTest};
pub use ledger::{Come, Deed, LedgerTest, Situation};
pub use message::{Fields, MessageTest};
pub use meter::{Meter, MeterTest};
pub use model::{Citation, Fault, FaultTime, Lab, Level, StartRole, Step, Variant};
pub use param::{Generator, Param};
pub use pattern::{Comparison, Filter, Operator, Pattern};
pub use reach::{ReachTest, Tried};
pub use record::RecordTest;
pub(crate) use record::record_matches;
pub use release::{Protocol, ReleaseMeasure, ReleaseTest};
pub use rows::{Agreement, RowsTest};
pub use service::{Aspect, ServiceTest};
