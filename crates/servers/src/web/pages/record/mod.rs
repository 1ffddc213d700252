//! Apprenticeships: for apprentices the log, for supervisors what to sign, for education offices who begins soon and what is missing.

mod act;
mod agreement;
mod correct;
mod fault;
mod files;
mod forms;
mod list;
mod one;
mod particulars;
mod progress;
mod routes;
mod told;
mod weeks;

pub(super) use routes::routes;
