//! Security and compliance as pure decisions.
//!
//! A hospital's journal is what there is to see. [`telemetry`] renders an entry the way others expect it: as an audit
//! [`meters`] count how well it was handled. [`actors`] plans what honest people and attackers do, and [`response`] names what
//! can be done against the latter. Time is an argument, and nothing here reads or writes anything.
//! event, as OCSF-like JSON, as a network flow, and as the flat *signal* that is hunted in. [`care`] tells how whoever did
//! it stands to the patient. [`query`] searches signals, [`detection`] runs Sigma rules over them, and [`casework`] is what
//! a desk keeps of its work. [`breach`] says what HIPAA asks once something has happened, [`papers`] what a form about
//! it lacks, and [`meters`] count how well it was handled. Time is an argument, and nothing here reads or writes anything.
//!
//! The crate stands alone because it keeps the Sigma engine away from the others.

pub mod actors;
pub mod breach;
pub mod care;
pub mod casework;
pub mod detection;
pub mod meters;
pub mod papers;
pub mod query;
pub mod response;
pub mod telemetry;
