//! Content files: labs, tracks and competencies, read all at once.
//!
//! [`load`] takes every file below the content folder and returns a [`Catalogue`] with all problems, not just the
//! first. Reading goes in three passes, each in its own files: `node` and `front` turn text into a tree in which every
//! value knows its line; the `read_*` files turn trees into labs, through a reader that notices unknown keys, wrong
//! types and missing keys; `rules_*` hold what must be true between the parts.

mod catalogue;
mod fields;
mod front;
mod load;
mod node;
mod parts;
mod read_app;
mod read_bedside;
mod read_bounds;
mod read_channel;
mod read_check;
mod read_dicom;
mod read_flow;
mod read_lab;
mod read_ledger;
mod read_list;
mod read_message;
mod read_meter;
mod read_param;
mod read_reach;
mod read_record;
mod read_release;
mod read_rows;
mod read_script;
mod read_service;
mod read_support;
mod read_variant;
mod rules_catalogue;
mod rules_lab;
mod rules_text;
mod rules_values;
mod shape;
mod sink;
mod tree;

pub use catalogue::{Alignment, Catalogue, Competency, Track};
pub use load::{SourceFile, load};
pub use parts::{script, steps};
pub(crate) use rules_lab::is_slug;
