//! What services of decision support say, where it is of use: beside the chart, beside orders that wait for signature, beside a
//! discharge.
//!
//! A page never waits for them. It holds a [`place`] that asks for itself once the page is there; what comes fills it, and if
//! nothing comes the page is as whole as before.

mod answer;
mod card;
mod place;
mod routes;
mod shown;

pub(super) use place::place;
pub(super) use routes::routes;
