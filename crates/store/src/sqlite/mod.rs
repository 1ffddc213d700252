//! How this crate opens SQLite: one schema for images and sandboxes, and the settings of each kind of connection.

mod connect;
pub(crate) mod facts;
mod schema;

pub(crate) use connect::{attach_image, check_version, create_image, create_overlay, open_overlay};
pub(crate) use schema::{
    FIRST_OVERLAY_RID, INDEX_TABLES, REFERENCES_OF, SCHEMA_VERSION, element_rid, element_rids,
    resource_of_element, system_key,
};
