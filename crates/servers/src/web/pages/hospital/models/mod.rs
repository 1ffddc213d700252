//! Models: trained on a declared cohort or brought as ONNX, each version with its card, tried on people nobody
//! has seen, deployed in the chart and looked after.

mod blind;
mod card;
mod drawn;
mod list;
mod make;
mod monitor;
mod one;
mod routes;
mod send;

pub(super) use routes::routes;
