//! Who may see what of a hospital's tables, and for what.
//!
//! A [`Policy`] is a file of purposes and rules. A rule says for some roles and purposes which tables are there, how each
//! column is seen, which rows, and whether only groups of people may be asked for. It [grants](Policy::grant) to one role
//! and one purpose; what a grant does not name does not exist for whoever asks.

mod grant;
mod read;
mod rule;
mod zip;

pub use grant::{Detail, Grant, Refused, TableGrant};
pub use read::PolicyProblem;
pub use rule::{Policy, Purpose, Rule, Sight};

#[cfg(test)]
mod tests;
