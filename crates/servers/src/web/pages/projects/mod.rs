//! Team projects: which there are, the page of one with charter, backlog, statements and defence, a page for each milestone, who did
//! what, and the result.

mod act;
mod backlog;
mod charter;
mod defence;
mod drawn;
mod fault;
mod fields;
mod hand_in;
mod history;
mod list;
mod marks;
mod milestone;
mod overview;
mod result;
mod reviews;
mod routes;
mod statements;

pub(crate) use routes::routes;
