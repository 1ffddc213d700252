//! Grants, below the plan.
//!
//! A session holds the tables of a grant and no others, each with the columns of the grant and no others. Where rows or
//! columns are not shown as they are kept, the table stands behind a [wall](wall): its rows are chosen and changed in a plan of its own,
//! and no condition of the question is evaluated there, since the error of a condition would tell of rows that it may not
//! see.

mod people;
mod table;
mod wall;

pub(crate) use table::{condition_over, register};
