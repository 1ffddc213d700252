//! Models of an outcome: made, brought, tried on people nobody has seen, deployed in the chart and looked after.

mod blind;
mod deploy;
mod make;
mod routes;
mod view;

pub(super) use routes::routes;
