//! The FHIR core, interaction by interaction, over a hospital of a few resources.

mod bundles;
mod bytes;
mod coding;
mod conditions;
mod desk;
mod images;
mod journalling;
mod refusals;
mod searching;
mod single;
mod transactions;
