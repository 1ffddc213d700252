//! From JSON to a view: every mistake is found, not only the first.

mod constants;
mod json;
mod reader;
mod select;
mod view;
