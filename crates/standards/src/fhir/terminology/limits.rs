/// What one question may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most codes in an answer; more are refused unless a page is asked for.
    pub members_max: usize,
    /// The greatest chain of value sets that import each other.
    pub imports_max: usize,
    /// The longest text filter, in characters.
    pub filter_characters_max: usize,
    /// The most work: parts of value sets and codes looked at.
    pub steps_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { members_max: 5_000, imports_max: 16, filter_characters_max: 200, steps_max: 2_000_000 }
    }
}
