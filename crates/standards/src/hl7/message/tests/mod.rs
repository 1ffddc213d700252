//! What reading, editing and locating promise, by example and by property.

mod composing;
mod editing;
mod paths;
mod properties;
mod reading;
mod remarks;
