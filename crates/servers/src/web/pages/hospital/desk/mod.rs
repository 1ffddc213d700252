//! The security desk: the journal searched and drawn as time lines, the alerts that rules raised on it, rules of one's own, and
//! cases with their evidence.

mod alerts;
mod cases;
mod hunt;
mod quiet;
mod response;
mod restore;
mod routes;
mod rules;
mod saved;
mod timeline;

pub(super) use routes::{parts, routes};
