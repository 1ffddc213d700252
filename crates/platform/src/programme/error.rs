use placements::tables::Mistakes;
use store::StoreError;

use crate::labs::LabError;
use crate::people::PeopleError;

/// Why something about the programme cannot be done.
#[derive(Debug, thiserror::Error)]
pub enum ProgrammeError {
    /// Only who teaches keeps the programme's books.
    #[error("this is for instructors")]
    NotInstructor,
    /// There is no such thing.
    #[error("there is no {what} `{id}`")]
    Missing {
        /// What was looked for.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// Something that was typed does not fit.
    #[error("{what}")]
    Invalid {
        /// The field.
        field: &'static str,
        /// What is wrong, and what to try.
        what: String,
    },
    /// The files contradict themselves or what is here.
    #[error(transparent)]
    Mistakes(#[from] Mistakes),
    /// An account cannot be made.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// From the labs.
    #[error(transparent)]
    Lab(#[from] LabError),
    /// From the store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl ProgrammeError {
    pub(crate) fn invalid(field: &'static str, what: impl Into<String>) -> Self {
        Self::Invalid { field, what: what.into() }
    }

    pub(crate) fn missing(what: &'static str, id: &str) -> Self {
        Self::Missing { what, id: id.to_owned() }
    }
}
