//! What all patients share: the house, the people who work in it, and who lies in which bed.

mod beds;
mod building;
mod house;
mod staff;

#[cfg(test)]
pub(crate) use building::plans;
pub use building::{Bed, Unit};
pub use house::World;
pub use staff::Specialty;
