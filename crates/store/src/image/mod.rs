//! A hospital's immutable starting state: one SQLite file, built once, shared by every sandbox laid over it.
//!
//! [`ImageWriter`] takes resources in order and keeps their index rows aside, sorted, so that the file is written
//! front to back; bodies are packed against one of their type. [`Images`] is the folder of finished images.

mod catalogue;
mod counts;
mod packing;
mod rows;
mod writer;

pub use catalogue::{ImageInfo, Images};
pub(crate) use counts::Counts;
pub(crate) use packing::Exemplars;
pub use writer::ImageWriter;
