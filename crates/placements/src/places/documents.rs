use jiff::civil::Date;
use serde::Serialize;

/// A kind of document that hosts ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DocumentKind {
    /// Its id.
    pub id: &'static str,
    /// What it is called.
    pub title: &'static str,
    /// What is kept of it, and what is not.
    pub note: &'static str,
}

/// The kinds there are. Of each only the days and whether somebody has seen it are kept, never the paper itself.
pub const DOCUMENTS: [DocumentKind; 8] = [
    DocumentKind {
        id: "background-check",
        title: "Background check",
        note: "Whether it was passed and when; nothing of what it found.",
    },
    DocumentKind {
        id: "immunisations",
        title: "Immunisations complete",
        note: "Yes or no, by the host's own rule; no health data.",
    },
    DocumentKind {
        id: "confidentiality",
        title: "Confidentiality agreement",
        note: "Signed with this host or its group.",
    },
    DocumentKind {
        id: "hipaa-training",
        title: "HIPAA training",
        note: "The day it was finished; hosts often ask for it once a year.",
    },
    DocumentKind { id: "life-support", title: "Basic life support", note: "The card's last day." },
    DocumentKind { id: "insurance", title: "Liability insurance", note: "The policy's last day." },
    DocumentKind {
        id: "affiliation",
        title: "Affiliation agreement",
        note: "Between school and host; the day it runs out.",
    },
    DocumentKind { id: "photo", title: "Photo for the badge", note: "That the host has it." },
];

/// The kind with this id.
#[must_use]
pub fn kind_of(id: &str) -> Option<&'static DocumentKind> {
    DOCUMENTS.iter().find(|kind| kind.id == id)
}

/// A document that somebody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its kind.
    pub kind: String,
    /// Its last day; none if it does not run out.
    pub expires_on: Option<Date>,
    /// Whether somebody who may has seen it.
    pub checked: bool,
}
