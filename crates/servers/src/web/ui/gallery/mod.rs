//! Every component on a page, with content as it will really look: long names, empty lists, errors.
//!
//! Tests draw these pages, the browser tests look at them in four ways (wide, narrow, light, dark) and run axe on them.

mod chart;
mod controls;
mod lab;
mod pages;
mod texts;

pub use pages::{gallery, gallery_workspace};
