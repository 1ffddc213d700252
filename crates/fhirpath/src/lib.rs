//! The full FHIRPath language (HL7 FHIRPath 2.0) on JSON, behind the trait that the rest of the house
//! knows.
//!
//! [`Engine`] wraps `rh-fhirpath`, whose results on the official R4 suite are good and whose types
//! stay inside this crate. What it adds: expressions are parsed once, a variable that nobody gave is
//! an error instead of silently empty, decimals compare as people mean it, and the size of an
//! expression is limited. It does not limit the time an expression takes, so expressions from
//! strangers belong on a thread that can be left behind; and `now()` is the machine's time, so a lab
//! that lives on the virtual clock passes its own `%now`. Search parameters do not pass here: `standards` compiles them itself, for speed.

mod convert;
mod decimal;
mod engine;
mod expression;

#[cfg(test)]
mod tests;

pub use engine::Engine;
