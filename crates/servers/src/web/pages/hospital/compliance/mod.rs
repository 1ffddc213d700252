//! The compliance office: papers that HIPAA asks for, filed through forms and shown with what is wrong in them.
//!
//! A form is a list of [`fields::Part`]s, so that one page draws all of them and one function reads all of them.

mod fields;
mod filing;
mod list;
mod read;
mod routes;

pub(super) use routes::routes;
