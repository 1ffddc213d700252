//! Workshops as values.
//!
//! A [case](model) is a file: roles that each know something the others do not, phases, events, questions asked at three moments, decisions with
//! the key written beforehand, and hand-offs. A [run](run) is one workshop of it: a function of the case and of numbered events. What somebody
//! may [see](see) is a projection of the run for their role, and nothing else ever leaves for them. [Measures](measure) and the after-action
//! [report](report) are made of the same events.
//!
//! What happens in the hospital is the business of [`scenarios`]: a case says its events, conditions and harm in that crate's words, and
//! [`Case::world`](model::Case::world) is the drill that plays beneath the workshop.
//!
//! Longer work, over weeks and in a hospital that a team shares, is a [project](projects).

pub mod measure;
pub mod model;
pub mod projects;
pub mod read;
pub mod report;
pub mod run;
pub mod see;
