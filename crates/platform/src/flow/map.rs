//! The process map of a hospital: how the work of its people and systems really went, by its journal.

use ::flow::mining::{Event, Map, mine};
use store::journal::{Entry, Filter};

use super::FlowTrouble;
use crate::access::{Access, outcome};
use crate::platform::Platform;

/// Entries that are read, the newest.
const ENTRIES_MAX: usize = 50_000;

/// What a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// All that people did for a patient: commands.
    Care,
    /// What systems told each other about a patient: HL7 v2 that was received.
    Messages,
    /// What was written about a patient over FHIR.
    Records,
}

impl About {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Care, Self::Messages, Self::Records];

    /// The word in addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Care => "care",
            Self::Messages => "messages",
            Self::Records => "records",
        }
    }

    /// The one of that word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|about| about.word() == word)
    }

    fn kinds(self) -> Vec<String> {
        let kinds: &[&str] = match self {
            Self::Care => &["command"],
            Self::Messages => &["hl7.received"],
            Self::Records => &["fhir.create", "fhir.update", "fhir.patch", "fhir.delete"],
        };
        kinds.iter().map(|kind| (*kind).to_owned()).collect()
    }

    /// What was done by an entry.
    fn activity(self, entry: &Entry) -> Option<String> {
        let event = &entry.event;
        let text = |name: &str| event.detail[name].as_str();
        Some(match self {
            Self::Care => text("name")?.to_owned(),
            Self::Messages => format!("{} at {}", text("event")?, event.target),
            Self::Records => format!("{} {}", event.kind.trim_start_matches("fhir."), text("type")?),
        })
    }
}

impl Platform {
    /// Reads the process map out of the journal, a case for each patient, without edges rarer than `share`.
    ///
    /// # Errors
    /// When the share is none, or the store fails.
    pub fn flow_map(&self, access: &Access, about: About, share: f64) -> Result<Map, FlowTrouble> {
        if !(0.0..=1.0).contains(&share) {
            return Err(FlowTrouble::Plan("rare is a share from 0 to 1".to_owned()));
        }
        let filter = Filter {
            kinds: about.kinds(),
            outcome: Some(outcome::OK.to_owned()),
            newest_first: true,
            limit: ENTRIES_MAX,
            ..Filter::default()
        };
        let mut entries = access.sandbox().journal(&filter)?;
        entries.reverse();
        let event = |entry: &Entry| {
            Some(Event {
                case: entry.event.subject.clone()?,
                activity: about.activity(entry)?,
                at_us: entry.event.virtual_us,
            })
        };
        let events: Vec<Event> = entries.iter().filter_map(event).collect();
        Ok(mine(&events).without_rare(share))
    }
}
