//! Team projects over the API, with the same authority as the pages: what they hold, what may be done, who did what.

mod act;
mod problem;
mod table;
mod view;

pub(super) use table::routes;
