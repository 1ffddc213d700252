//! The pages: what a learner or an instructor sees in a browser.
//!
//! Pages are drawn on the server with maud. `ui` holds the components they are made of, `assets` the styles and scripts
//! that go with them. Nothing here is loaded from another host, and nothing needs an inline script or style.

pub mod assets;
pub(crate) mod pages;
pub mod ui;
