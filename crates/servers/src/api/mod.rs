//! The JSON API, below `/api` and beside the FHIR face of each sandbox.
//!
//! One table of routes, in `table`, is all there is: the router and `/api/openapi.json` are both made from it, and the
//! schemas come from the very types that a route's function takes and gives, so what is documented and what is done cannot
//! part. A route is a plain function from a [`Call`](call::Call) and a checked body to an answer; it runs where it may
//! block, and its errors become problem documents (RFC 9457).

mod attempts;
mod backup;
mod call;
mod careers;
mod casework;
mod cds_client;
mod cds_services;
mod channels;
mod commands;
mod compliance;
mod desk;
mod desk_kept;
mod drills;
mod entities;
mod flow;
mod given;
mod journal;
mod kits;
mod labs;
mod lake;
mod me;
mod models;
mod office;
mod openapi;
mod past;
mod patients;
mod people;
mod programme;
mod projects;
mod records;
mod response;
mod roles;
mod route;
mod sandboxes;
mod serve;
mod sign_in;
mod systems;
mod table;
mod timeline;
mod tokens;
mod workshops;

pub(crate) use journal::EntryView;
pub use openapi::document;
pub(crate) use serve::routes;
pub use table::{Door, RouteInfo, route_infos};
