//! One journal entry, rendered four ways.
//!
//! A [`Record`] is what an entry holds, as plain values. [`Signal`] is the flat form that queries and rules read;
//! [`audit_event`], [`ocsf`] and [`flow`] are the forms that other programs read. All four say the same thing.

mod audit_event;
mod flow;
mod ocsf;
mod record;
mod signal;
mod stream;
#[cfg(test)]
mod tests;

pub use audit_event::audit_event;
pub use flow::flow;
pub use ocsf::ocsf;
pub use record::{Record, iso};
pub use signal::{ABOUT_CARE, FIELDS, Scalar, Signal, is_field};
pub use stream::{Activity, Stream};
