//! How kinds of patients move through care.
//!
//! A [`Pathway`] says who takes it and tells what happens as a story over a
//! [`Chart`](crate::population): visits, findings, results, orders. Each has a name, and
//! draws its chance from that name, so adding a pathway to [`ALL`] leaves the records the
//! others write as they were. None reads what another has written; what they share is the
//! person and the body beneath.

mod all;
mod allergies;
mod appendicitis;
mod asthma;
mod cold;
mod copd;
mod coronary;
mod depression;
mod diabetes;
mod heart_failure;
mod hip_fracture;
mod hyperlipidemia;
mod hypertension;
mod last_stay;
mod obesity;
mod other_stay;
mod pathway;
mod pneumonia;
mod pregnancy;
mod present_stay;
mod sepsis;
mod sprain;
mod urinary_infection;
mod vaccines;
mod wellness;

pub(crate) use all::ALL;
pub(crate) use pathway::{Pathway, Start};
