//! One patient's chart: the banner that says whose it is, and its sections.

mod administration;
mod at;
pub(super) mod fhirpath;
mod frame;
mod imaging;
mod journal;
mod medications;
mod notes;
mod orders;
mod path_result;
mod results;
mod section;
mod stays;
mod summary;
mod timeline;
mod values;

use at::At;
pub(super) use frame::banner;
pub(super) use orders::orders_page;
pub(super) use section::{OfPatient, begin, section};
pub(super) use values::{measured_at, value};
