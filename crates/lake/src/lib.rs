//! A hospital as tables: what a snapshot holds, who may see what of it, and what an engine has to answer.
//!
//! Nothing here reads a file or plans a query. [`Engine`] is the one seam between use cases, which know people, roles and the
//! journal, and the engine, which knows Parquet and SQL and is slow to build: both know this crate and not each other.
//! A [`Policy`] turns a role and a purpose into a [`Grant`], and a question never goes without one.

mod column;
mod engine;
mod manifest;
mod policy;
mod question;
mod release;
mod trouble;
mod write;

pub use column::{Column, Kind, Table};
pub use engine::{Engine, TableWriter, Written};
pub use manifest::{FileOf, Manifest, TableOf};
pub use policy::{Detail, Grant, Policy, PolicyProblem, Purpose, Refused, Rule, Sight, TableGrant};
pub use question::{Answer, Asked, Body, Cell, Dialect, Form, Limits, Question, Row};
pub use release::{
    Attack, Classes, Coarser, EPSILON_RANGE, KnownOf, Ladder, NODES_MAX, Released, Unmasked, Wanted, attack,
    classes, coarser, noise, unmask,
};
pub use trouble::{Cause, Trouble};
pub use write::{csv, json};
