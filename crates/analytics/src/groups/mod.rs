//! Questions about groups of people only, and groups that are too small to be told.
//!
//! Such a question has one level of groups over joined tables. It is [checked](check) for everything by which one person
//! could be told from the answer or from an error; then the groups are made, counted by [people](tell), and those of too few are taken
//! out before anything else of the question, a HAVING or an order, is done with them. What several questions tell
//! together is not watched.

mod check;
mod safe;
mod tell;

pub(crate) use tell::without_small;
