//! The kit for services of CDS Hooks: what they offer, what they say about invented patients, and how they take what is wrong.

mod bad;
mod call;
mod calls;
mod discovery;
mod feedback;
mod kit;
mod people;
mod requirements;

pub use kit::kit;
