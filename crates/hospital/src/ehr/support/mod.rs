//! Decision support: rules that look at an order when it is signed.
//!
//! A rule is a `PlanDefinition` of type `eca-rule`. Its condition is FHIRPath over the order, with what the hospital
//! knows as variables: `%orderable`, `%patient`, `%allergies` and `%problems` in force, `%orders` besides this one,
//! `%results` (the newest of each test), `%codes` of the order, `%egfr`, `%now` and `%dayAgo`. Evaluating it needs an
//! engine, which this crate does not have: here stand the rule, the facts, and what follows from both.
//! A [`Rehearsal`] is an order of nobody, made to try rules on.

mod egfr;
mod facts;
mod rehearsal;
mod rule;
#[cfg(test)]
mod tests;

pub use egfr::egfr;
pub use facts::{ChartFacts, newest_results};
pub use rehearsal::{Rehearsal, RehearsedOrder, RehearsedResult, Staged};
pub use rule::{Firing, Rule, SEVERITIES, Severity, rule_of};
