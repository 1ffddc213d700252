//! The hospital's pictures: who may send and ask over DICOM, what is kept, what is found, what is delivered.
//!
//! Two kinds of objects make the archive. Those that were *sent* are kept byte for byte in the sandbox's file. Those of
//! the hospital's past are *drawn* from its reports when somebody looks, the same every time, and stored nowhere; a
//! report whose study was sent is not drawn. Network faces hand over whole messages and send back what comes out.

mod archive;
mod called;
mod door;
mod drawn;
mod entities;
mod find;
mod keep;
mod matched;
mod note;
mod past;
mod people;
mod retrieve;
mod serve;
mod web;
mod worklist;

pub use archive::{Archive, Object, Scope};
pub use called::title_of;
pub use door::Admitted;
pub(crate) use drawn::{accession, date_and_time};
pub use entities::{Entity, EntityError, entities, register_entity, remove_entity};
pub use imaging::query::Level;
pub use imaging::{VR, association, dataset, dimse, picture, synthesis, tags};
pub use keep::{Incoming, KeepError, Kept, OBJECTS_BYTES_MAX, keep, keep_in_study};
pub use note::note_protocol;
pub(crate) use past::{PastSearches, search_for};
pub use retrieve::{Delivery, Planned};
pub use serve::{Served, serve};
pub use web::{WebQuery, look_up, search};
