//! Drills over the API: what a headset, a phone or a script plays through, with the same authority as the pages.

mod act;
mod follow;
mod plan;
mod pose;
mod problem;
mod replay;
mod state;
mod table;
mod view;

pub(super) use table::routes;
