//! The FHIR core, interaction by interaction, over a hospital of a few resources.

mod bundles;
mod bytes;
mod coding;
mod conditional;
mod conditions;
mod desk;
mod every_parameter;
mod exporting;
mod histories;
mod images;
mod including;
mod journalling;
mod patching;
mod profiles;
mod records;
mod refusals;
mod searching;
mod single;
mod tables;
mod transactions;
mod validating;
