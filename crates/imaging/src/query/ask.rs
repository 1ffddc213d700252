//! The level of a query, and the keys it must bring (PS3.4, C.6).

use dicom_core::header::Tag;
use dicom_dictionary_std::tags;

use crate::dataset::{Dataset, first, text};

/// What a query returns one of for each match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A person.
    Patient,
    /// An examination.
    Study,
    /// Images of one kind from one device.
    Series,
    /// An object.
    Image,
}

impl Level {
    /// The word in (0008,0052).
    pub fn word(self) -> &'static str {
        match self {
            Self::Patient => "PATIENT",
            Self::Study => "STUDY",
            Self::Series => "SERIES",
            Self::Image => "IMAGE",
        }
    }

    /// The attribute that tells things of this level apart.
    pub fn key(self) -> Tag {
        match self {
            Self::Patient => tags::PATIENT_ID,
            Self::Study => tags::STUDY_INSTANCE_UID,
            Self::Series => tags::SERIES_INSTANCE_UID,
            Self::Image => tags::SOP_INSTANCE_UID,
        }
    }

    fn key_name(self) -> &'static str {
        match self {
            Self::Patient => "PatientID",
            Self::Study => "StudyInstanceUID",
            Self::Series => "SeriesInstanceUID",
            Self::Image => "SOPInstanceUID",
        }
    }
}

/// The information model a query is put to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Model {
    /// Begins with the patient.
    PatientRoot,
    /// Begins with the study; the patient's attributes belong to it.
    StudyRoot,
}

impl Model {
    fn levels(self) -> &'static [Level] {
        let all = &[Level::Patient, Level::Study, Level::Series, Level::Image];
        match self {
            Self::PatientRoot => all,
            Self::StudyRoot => &all[1..],
        }
    }
}

/// Why an identifier cannot be answered; the text fits into an Error Comment of 64 characters (0000,0902).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// (0008,0052) is missing or empty.
    #[error("QueryRetrieveLevel (0008,0052) is missing: add STUDY, say")]
    NoLevel,
    /// The level is none of the model's.
    #[error("QueryRetrieveLevel {0} is no level of this model")]
    WrongLevel(String),
    /// A key of a level above is missing, has several values or a wildcard (PS3.4, C.4.1.2.1).
    #[error("{0} must have one value at this level")]
    NoKeyAbove(&'static str),
    /// A retrieval does not say what (PS3.4, C.4.2.2.1).
    #[error("{0} must say what to retrieve")]
    NoKey(&'static str),
}

/// A query that can be answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// What is returned.
    pub level: Level,
    /// The identifier.
    pub keys: Dataset,
}

impl Query {
    /// Reads the level, and checks that the levels above are named, one value each.
    ///
    /// # Errors
    /// [`QueryError`].
    pub fn read(model: Model, keys: Dataset) -> Result<Self, QueryError> {
        let word = first(&keys, tags::QUERY_RETRIEVE_LEVEL);
        if word.is_empty() {
            return Err(QueryError::NoLevel);
        }
        let mut levels = model.levels().iter().copied();
        let level = levels.find(|level| level.word() == word);
        let level = level.ok_or_else(|| QueryError::WrongLevel(word.chars().take(16).collect()))?;
        for above in model.levels().iter().copied().filter(|above| *above < level) {
            let value = text(&keys, above.key());
            if value.is_empty() || value.contains(['\\', '*', '?']) {
                return Err(QueryError::NoKeyAbove(above.key_name()));
            }
        }
        Ok(Self { level, keys })
    }

    /// The same for a retrieval, which must also name what of its own level is wanted: one value or several, no wildcard.
    ///
    /// # Errors
    /// [`QueryError`].
    pub fn retrieval(model: Model, keys: Dataset) -> Result<Self, QueryError> {
        let query = Self::read(model, keys)?;
        let value = text(&query.keys, query.level.key());
        if value.is_empty() || value.contains(['*', '?']) {
            return Err(QueryError::NoKey(query.level.key_name()));
        }
        Ok(query)
    }

    /// The one value that a key must have, if the query names one: to look only where it can be.
    pub fn only(&self, tag: Tag) -> Option<String> {
        let value = text(&self.keys, tag);
        (!value.is_empty() && !value.contains(['\\', '*', '?'])).then_some(value)
    }
}
