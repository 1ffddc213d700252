//! A search as the client wrote it, read into a form that can be run.
//!
//! Reading never fails as a whole: what cannot be used becomes a [`Problem`], and the caller decides
//! whether to refuse (`Prefer: handling=strict`) or to go on without it. Inside a [`Criterion`] any
//! match suffices; all criteria of a [`Query`] must hold.

mod control;
mod escape;
mod model;
mod parse;
mod value;

pub use model::{
    Criterion, Include, Match, Modifier, ParseContext, Prefix, Problem, ProblemKind, Query, Sort, Summary,
    SystemMatch, Total,
};
pub use parse::parse;
