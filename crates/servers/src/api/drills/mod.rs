//! Drills over the API: what a headset, a phone or a script plays through, with the same authority as the pages.

mod act;
mod problem;
mod table;
mod view;

pub(super) use table::routes;
