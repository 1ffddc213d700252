//! The functions of the language, one file for each family.

pub(super) mod boundary;
pub(super) mod codec;
pub(super) mod convert;
pub(super) mod fhir;
pub(super) mod filter;
pub(super) mod keys;
pub(super) mod logic;
pub(super) mod number;
pub(super) mod order;
pub(super) mod select;
pub(super) mod sets;
pub(super) mod text;
pub(super) mod time;
pub(super) mod types;
