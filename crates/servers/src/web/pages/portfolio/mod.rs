//! What a learner can show, and the badges that others look at without signing in.

mod badge;
mod check;
mod fault;
mod files;
mod mine;
mod work;

pub(super) use badge::{badge, withdraw};
pub(super) use check::{check, check_page};
pub(super) use files::{baked, status, token};
pub(super) use mine::{make, mine};
pub(super) use work::{help, named};
