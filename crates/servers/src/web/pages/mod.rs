//! The pages, one folder or file for each place of the product.
//!
//! A handler asks `platform` for what the page shows, and draws it with the components of [`ui`](super::ui). Forms
//! post back to the place they stand on, carry the session's CSRF token, and answer with a redirect, so that going
//! back and loading again never repeats a change.

mod asset;
mod fault;
mod form;
mod frame;
mod home;
mod routes;
mod sign_in;
mod visitor;

pub(crate) use routes::routes;
