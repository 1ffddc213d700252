//! Models of an outcome: made, brought, deployed in the chart and looked after.

mod deploy;
mod make;
mod routes;
mod view;

pub(super) use routes::routes;
