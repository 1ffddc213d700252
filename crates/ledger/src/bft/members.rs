/// How many validators there are.
pub const VALIDATORS: usize = 4;

/// Their names.
pub const NAMES: [&str; VALIDATORS] = ["harbor", "lakeside", "county", "summit"];

/// Votes that decide: more than two thirds.
pub const QUORUM: usize = 3;
