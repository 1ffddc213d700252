//! What the hospital's systems tell each other: HL7 v2 messages about what happened.
//!
//! [`news`] says which trigger a new version of a resource is, if any: whoever wrote it, a form of the EHR or a FHIR client.
//! [`write_message`] is a function of an [`Event`] (a trigger and the FHIR resources that it is about) and of the
//! [`Interface`] that it goes to: which version that speaks, what the two systems are called, how numbers and codes are
//! named there. The message fits the shipped profile of its trigger; what the resources do not say stays empty, and what the
//! trigger cannot do without is refused.

mod error;
mod event;
mod interface;
mod news;
mod read;
mod segments;
#[cfg(test)]
mod tests;
mod trigger;
mod value;
mod write;

pub use error::MessageError;
pub use event::Event;
pub use interface::{Authority, CodeSystem, Interface, System};
pub use news::{news, replaced_by};
pub use trigger::{TRIGGERS, Trigger};
pub use write::write_message;
