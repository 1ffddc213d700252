//! The hospital's own services of decision support, as CDS Hooks 2.0 offers them to any client.
//!
//! A service is a few of the hospital's rules under a name: what an analyst changes in Build, the service says from then
//! on. It judges by what the client fetched for it beforehand, and looks into the hospital's own chart for what it did not.

mod answer;
mod cards;
mod discover;
mod error;
mod feedback;
mod services;

pub use answer::answer;
pub use discover::discover;
pub use error::ServiceError;
pub use feedback::record_feedback;
pub(crate) use services::is_offered;
