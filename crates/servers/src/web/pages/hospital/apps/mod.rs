//! The hospital's apps: those that are registered, who may sign in to them, what was granted, and opening one from a chart.

mod acts;
mod forms;
mod launch;
mod page;
mod routes;

pub(super) use routes::routes;
