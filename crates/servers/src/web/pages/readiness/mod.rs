//! How far somebody is for a job: for learners each job with what is proven and what is missing, and the links by which they show it to others.

mod fault;
mod jobs;
mod links;
mod one;
mod told;

pub(super) use jobs::routes;
pub(super) use one::shown;
