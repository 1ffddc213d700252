use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::documents::{Document, kind_of};
use crate::competencies::Level;

/// What a place asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requirements {
    /// Documents, by kind.
    pub documents: Vec<String>,
    /// Competencies, by id.
    pub competencies: Vec<String>,
}

/// A competency that somebody has shown without help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its id.
    pub id: String,
    /// At which level.
    pub level: Level,
}

/// Something that somebody lacks for a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// A document that they do not have.
    Document(String),
    /// A document that nobody has checked.
    Unchecked(String),
    /// A document that is over by then.
    Expires(String, Date),
    /// A competency that they have not shown without help.
    Competency(String),
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = |kind: &str| kind_of(kind).map_or(kind.to_owned(), |kind| kind.title.to_lowercase());
        match self {
            Self::Document(kind) => write!(f, "no {}", title(kind)),
            Self::Unchecked(kind) => write!(f, "{} not yet checked", title(kind)),
            Self::Expires(kind, day) => write!(f, "{} is over on {day}", title(kind)),
            Self::Competency(id) => write!(f, "not shown without help: {id}"),
        }
    }
}

/// What somebody lacks for a place that begins on `first_day`; nothing, if they are eligible.
#[must_use]
pub fn lacks(asked: &Requirements, documents: &[Document], shown: &[Shown], first_day: Date) -> Vec<Lack> {
    let document = |kind: &String| {
        let Some(found) = documents.iter().find(|one| one.kind == *kind) else {
            return Some(Lack::Document(kind.clone()));
        };
        match found.expires_on {
            Some(day) if day < first_day => Some(Lack::Expires(kind.clone(), day)),
            _ if !found.checked => Some(Lack::Unchecked(kind.clone())),
            _ => None,
        }
    };
    let competency = |id: &&String| !shown.iter().any(|one| one.id == **id);
    let of_documents = asked.documents.iter().filter_map(document);
    of_documents.chain(asked.competencies.iter().filter(competency).cloned().map(Lack::Competency)).collect()
}
