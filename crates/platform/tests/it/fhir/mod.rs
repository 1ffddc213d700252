//! The FHIR core, interaction by interaction, over a hospital of a few resources.

mod bundles;
mod bytes;
mod conditions;
mod desk;
mod every_parameter;
mod images;
mod including;
mod journalling;
mod refusals;
mod searching;
mod single;
mod transactions;
