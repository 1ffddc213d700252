//! The pages, one folder or file for each place of the product.
//!
//! A handler asks `platform` for what the page shows, and draws it with the components of [`ui`](super::ui). Forms
//! post back to the place they stand on, carry the session's CSRF token, and answer with a redirect, so that going
//! back and loading again never repeats a change; what was done is [`said`] on the page that follows.

mod assessments;
mod asset;
mod attempt;
mod change;
mod class;
mod drills;
mod enrol;
mod fault;
mod files;
pub(crate) mod form;
mod frame;
mod home;
mod hospital;
mod lab;
mod mentoring;
mod places;
mod portfolio;
mod programme;
mod projects;
mod readiness;
mod record;
mod routes;
mod said;
mod sandboxes;
mod sign_in;
mod sign_in_oidc;
mod standing;
mod tokens;
mod tracks;
mod visitor;
mod words;
mod workshops;

pub(crate) use routes::routes;
pub(crate) use visitor::theme_of;
