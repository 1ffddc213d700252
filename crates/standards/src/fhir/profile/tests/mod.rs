//! Profiles written for the purpose, and the shipped ones.

mod properties;
mod shipped;
mod slicing;
mod small;
mod support;
mod values;
