//! A search as the client wrote it, read into a form that can be run.
//!
//! Reading never fails as a whole: what cannot be used becomes a [`Problem`], and the caller decides
//! whether to refuse (`Prefer: handling=strict`) or to go on without it. Inside a [`Criterion`] any
//! match suffices; all criteria of a [`Query`] must hold. A [`Condition`] is a criterion, something
//! about a linked resource, or several conditions joined, as `_filter` joins them.
//!
//! What one search may ask is limited while it is read, so that nothing large is ever built:
//! [`DEPTH_MAX`], [`CONDITIONS_MAX`], [`FILTER_BYTES_MAX`].

mod coded;
mod condition;
mod control;
mod criterion;
mod element;
mod escape;
mod filter;
mod include;
mod link;
mod model;
mod modifier;
mod parse;
mod reader;
mod types;
mod uri;
mod value;
mod wanted;

pub use condition::{Condition, Link};
pub use filter::FILTER_BYTES_MAX;
pub use model::{
    Criterion, Include, Modifier, ParseContext, Problem, ProblemKind, Query, Sort, Summary, Total,
};
pub use parse::parse;
pub use reader::{CONDITIONS_MAX, DEPTH_MAX};
pub use types::parse_types;
pub use wanted::{Match, Prefix, SystemMatch};
