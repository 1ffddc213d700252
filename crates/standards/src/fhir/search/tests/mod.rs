//! Search, as tables of examples and as properties.

mod asked;
mod comparing;
mod elements;
mod examples;
mod extraction;
mod linking;
mod modifiers;
mod parameters;
mod properties;
mod reading;
mod searching;
mod several;
mod values;
mod words;

pub(super) use asked::CONTEXT;
use asked::read;
use words::{moment, values_of, words};
