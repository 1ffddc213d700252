//! Search, as tables of examples and as properties.

mod asked;
mod comparing;
mod examples;
mod extraction;
mod parameters;
mod properties;
mod reading;
mod searching;
mod values;
mod words;

use asked::{CONTEXT, read};
use words::{moment, values_of, words};
