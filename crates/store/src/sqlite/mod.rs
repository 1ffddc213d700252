//! How this crate opens SQLite: one schema for images and sandboxes, and the settings of each kind of connection.

mod connect;
pub(crate) mod facts;
mod schema;

pub(crate) use connect::{attach_image, check_version, create_image, create_overlay, open_overlay};
pub(crate) use schema::{FIRST_OVERLAY_RID, INDEX_TABLES, SCHEMA_VERSION, system_key};
