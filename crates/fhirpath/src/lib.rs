//! The FHIRPath language (HL7 FHIRPath 2.0, and the functions of FHIR R4, 2.9) on JSON, behind the trait
//! that the rest of the house knows.
//!
//! An expression is read once into a tree ([`Engine`] keeps it) and evaluated against places in the JSON,
//! each with the type that the definitions of `standards` give it, so that nothing is copied on the way.
//! Decimals are exact. Everything a stranger could make large is counted: the length and depth of an
//! expression, the steps of its evaluation, texts, patterns, collections and results. What is refused says
//! where in the expression. Search parameters do not pass here: `standards` compiles them itself, for speed.

mod answer;
mod ask;
mod check;
mod compiled;
mod engine;
mod outline;
mod problem;
mod rule;
mod run;
mod syntax;
mod value;

#[cfg(test)]
mod tests;

pub use ask::{Answer, Found, Question, Surroundings, Trace};
pub use compiled::{Constant, Expression, Reading, Shape, Spot};
pub use engine::Engine;
pub use problem::{Problem, ProblemKind};
pub use rule::Rule;
