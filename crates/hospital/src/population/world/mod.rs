//! What all patients share: the house, the people who work in it, and who lies in which bed.

mod beds;
mod building;
mod house;
mod staff;

pub(crate) use beds::Bedded;
pub(crate) use building::Unit;
#[cfg(test)]
pub(crate) use building::plans;
pub use house::World;
pub(crate) use staff::Specialty;
