//! What clients of PostgreSQL expect beside the tables: its system catalogue, some functions, and its ways to write SQL.
//!
//! The catalogue has those of its tables that are filled, and tells of what the grant holds. Of the many that are always
//! empty here, such as indexes, policies and publications, a question is answered without being run: joined with nothing, nothing comes out.

mod catalogue;
mod empty;
mod functions;
mod oid;
mod rewrite;

pub(crate) use catalogue::furnish;
pub(crate) use rewrite::rewritten;
