//! Profiles with the engine for their rules, on the published examples of US Core.

mod examples;
mod mutants;
mod package;
