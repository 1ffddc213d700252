//! Why a fault cannot be placed.

/// What is wrong with a fault, or with the hospital it should be placed in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// The table is not one this crate places.
    #[error("this fault is not of layer {0:?}; the author's guide says which layer it is of")]
    Layer(String),
    /// The table does not have the shape of its fault.
    #[error("the fault cannot be read: {0}")]
    Shape(String),
    /// The minutes a policy allows are out of range.
    #[error("policy_min is {0}: give 20 to 120")]
    Policy(i64),
    /// The count of stays is not what the fault needs.
    #[error("stays holds {found} encounters, {wanted} are needed: give the param count = {wanted}")]
    Stays {
        /// How many there are.
        found: usize,
        /// How many are needed.
        wanted: usize,
    },
    /// What the fault says cannot be made.
    #[error("this cannot be made: {0}")]
    Made(String),
    /// No edit is given, so the records would be alike.
    #[error("edits is empty: name at least one, such as \"swapped-digits\"")]
    NoEdits,
    /// The count of pairs is out of range.
    #[error("pairs is {0}: give 1 to 10")]
    Pairs(usize),
    /// The patient that is named is not among those offered.
    #[error("there is no patient {0:?} here: name one by id, as a param finds it")]
    NoPatient(String),
    /// Too few patients fit.
    #[error(
        "only {found} of the {offered} patients offered fit these edits, {wanted} are needed: offer more patients or fewer edits"
    )]
    TooFew {
        /// How many fit.
        found: usize,
        /// How many were looked at.
        offered: usize,
        /// How many are needed.
        wanted: usize,
    },
}
