//! From proof to place: who learns where, decided by rules that can be read and repeated.
//!
//! [`matching`] fills the places that hospitals offer from the wishes of both sides; its result can be checked by anybody who
//! holds the same files. [`competencies`] says what a person has shown that they can do, and [`credentials`] makes badges of it. [`mentors`] pairs learners with mentors.
//! [`places`] says what somebody lacks for a place, [`record`] what an apprenticeship was and who stands by it, [`readiness`] how far somebody is for a job, and [`outcomes`] what came of a cohort; [`assessments`] asks before and after. [`roster`] is a class list as schools exchange it, and [`tables`] is how CSV is read and written everywhere here.
//!
//! Nothing here reads a file, a clock, a socket or a random source: texts, times and seeds are arguments.

pub mod assessments;
pub mod competencies;
pub mod credentials;
pub mod matching;
pub mod mentors;
pub mod outcomes;
pub mod places;
pub mod readiness;
pub mod record;
pub mod roster;
pub mod tables;
