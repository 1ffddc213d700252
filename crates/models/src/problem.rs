/// Why a model cannot be trained, read or asked, and what to try.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The table has no rows or no columns, or its columns differ in length.
    #[error("{0}")]
    Shape(String),
    /// A number is infinite, or an outcome is neither 0 nor 1.
    #[error("{0}")]
    Value(String),
    /// All outcomes are the same, so that nothing can be learnt or judged.
    #[error("every outcome is {0}; both 0 and 1 must occur")]
    OneOutcome(u8),
    /// A setting is out of its range.
    #[error("{setting} is {value}; it must be {range}")]
    Setting {
        /// Its name.
        setting: &'static str,
        /// What was given.
        value: String,
        /// What is allowed.
        range: &'static str,
    },
    /// The fit does not come to an end, as when a feature tells the outcomes apart without fail.
    #[error(
        "the fit does not settle; does a feature give the outcome away? A stronger penalty makes it settle"
    )]
    Unsettled,
    /// A model file cannot be read.
    #[error("this is no model file: {0}")]
    File(String),
}
