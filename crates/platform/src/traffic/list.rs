use std::collections::BTreeSet;

use store::StoreError;
use store::journal::{Entry, Filter};

use crate::access::{Access, outcome};

/// Exchanges on one page.
const PAGE: usize = 50;

/// How systems spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// FHIR over HTTP.
    Fhir,
    /// HL7 v2.
    Hl7,
    /// DICOM, over its own protocol or the web.
    Dicom,
    /// OAuth and OIDC.
    OAuth,
    /// CDS Hooks.
    Cds,
}

impl Protocol {
    /// All, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Fhir, Self::Hl7, Self::Dicom, Self::OAuth, Self::Cds];

    /// Its word in addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fhir => "fhir",
            Self::Hl7 => "hl7",
            Self::Dicom => "dicom",
            Self::OAuth => "oauth",
            Self::Cds => "cds",
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Fhir => "FHIR",
            Self::Hl7 => "HL7 v2",
            Self::Dicom => "DICOM",
            Self::OAuth => "OAuth",
            Self::Cds => "CDS Hooks",
        }
    }

    /// How the kinds of its journal entries begin.
    const fn kinds(self) -> &'static str {
        match self {
            Self::Fhir => "fhir.*",
            Self::Hl7 => "hl7.*",
            Self::Dicom => "dicom.*",
            Self::OAuth => "auth.*",
            Self::Cds => "cds.*",
        }
    }

    /// The protocol of a journal entry, if it is an exchange.
    #[must_use]
    pub fn of(kind: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| kind.starts_with(one.kinds().trim_end_matches('*')))
    }
}

/// Which exchanges are wanted; everything left out matches all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// How they spoke.
    pub protocol: Option<Protocol>,
    /// A system that spoke or was spoken to.
    pub system: Option<String>,
    /// A patient's id.
    pub patient: Option<String>,
    /// Only what was done, or only what was not.
    pub done: Option<bool>,
    /// From when and until when on the hospital's clock, microseconds since 1970 UTC.
    pub from_us: Option<i64>,
    /// Until when.
    pub until_us: Option<i64>,
    /// Only what came before this entry.
    pub before: Option<i64>,
}

/// Exchanges, newest first.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// Their journal entries.
    pub entries: Vec<Entry>,
    /// Where the next page begins, if there is more.
    pub older: Option<i64>,
}

/// The exchanges of a hospital, newest first, a page of them.
///
/// # Errors
/// When the store fails.
pub fn traffic(access: &Access, asked: &Asked) -> Result<Page, StoreError> {
    let kinds = match asked.protocol {
        Some(one) => vec![one.kinds().to_owned()],
        None => Protocol::ALL.iter().map(|one| one.kinds().to_owned()).collect(),
    };
    let filter = Filter {
        kinds,
        subject: asked.patient.as_ref().map(|id| format!("Patient/{id}")),
        outcome: (asked.done == Some(true)).then(|| outcome::OK.to_owned()),
        newest_first: true,
        ..Filter::default()
    };
    let mut found = access.sandbox().journal(&filter)?.into_iter().filter(|entry| asked.wants(entry));
    let entries: Vec<Entry> = found.by_ref().take(PAGE).collect();
    let older = found.next().and(entries.last()).map(|last| last.seq);
    Ok(Page { entries, older })
}

impl Asked {
    fn wants(&self, entry: &Entry) -> bool {
        let event = &entry.event;
        let speaks = |name: &String| event.source == *name || event.target == *name;
        self.before.is_none_or(|before| entry.seq < before)
            && self.system.as_ref().is_none_or(speaks)
            && self.done.is_none_or(|done| done == (event.outcome == outcome::OK))
            && self.from_us.is_none_or(|from_us| event.virtual_us >= from_us)
            && self.until_us.is_none_or(|until_us| event.virtual_us <= until_us)
    }
}

/// The systems that spoke or were spoken to, by name.
#[must_use]
pub fn systems(entries: &[Entry]) -> BTreeSet<String> {
    entries.iter().flat_map(|entry| [entry.event.source.clone(), entry.event.target.clone()]).collect()
}
