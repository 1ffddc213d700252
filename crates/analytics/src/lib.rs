//! The engine of the data lake: Parquet written and SQL answered, by `DataFusion`.
//!
//! The only crate that builds `DataFusion`, Arrow and Parquet. It knows nothing of hospitals, people and the journal: what
//! a question may see comes with it as a grant, and is enforced [below the plan](govern), so that no way of asking gets past.

mod answer;
mod engine;
mod govern;
mod groups;
mod plan;
mod postgres;
mod run;
mod session;
mod size;
mod trouble;
mod types;
mod writer;

#[cfg(test)]
mod tests;

pub use engine::Lake;
