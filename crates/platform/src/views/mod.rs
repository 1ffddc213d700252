//! Tables over a hospital's resources by SQL on FHIR: the views there are to begin with, and running one.
//!
//! The crate `views` flattens one resource; here is what it is given, in which order, and when it is enough. Every run
//! leaves a journal entry with the type it read and how many rows it gave: a table shows many patients at once.

mod attempt;
mod flatten;
mod ready;

pub use ::views::{Column, Remark, Row, ViewProblem};
pub use attempt::{Table, Tried, try_view};
pub(crate) use flatten::{FlattenError, Wanted, flatten, of_row, problems};
pub use ready::{Ready, ready, ready_views};
