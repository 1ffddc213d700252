//! Search (R4, 3.1.1): in one type, in several, or in a compartment.
//!
//! The parameters become a query for each type ([`scope`]); what cannot be used is refused or reported ([`judge`]); the
//! store finds the matches, and [`include`] adds what they are linked with.

mod condition;
mod include;
mod judge;
mod pairs;
mod run;
mod scope;

pub(super) use condition::matches_of;
pub(crate) use condition::query_of;
pub use pairs::pairs_of;
pub use run::{COUNT_DEFAULT, COUNT_MAX};
pub(super) use run::{parse_context, search, store_refusal};
pub use scope::Scope;
