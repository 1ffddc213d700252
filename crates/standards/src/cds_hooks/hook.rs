use serde::{Deserialize, Serialize};

/// A moment in the work of a clinician at which services are called (the hook library of CDS Hooks).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hook {
    /// A chart was opened.
    PatientView,
    /// Orders were chosen, and not yet signed.
    OrderSelect,
    /// Orders are about to be signed.
    OrderSign,
    /// A stay is about to end.
    EncounterDischarge,
}

impl Hook {
    /// All that are known here.
    pub const ALL: [Self; 4] =
        [Self::PatientView, Self::OrderSelect, Self::OrderSign, Self::EncounterDischarge];

    /// Its name in the standard.
    pub fn word(self) -> &'static str {
        match self {
            Self::PatientView => "patient-view",
            Self::OrderSelect => "order-select",
            Self::OrderSign => "order-sign",
            Self::EncounterDischarge => "encounter-discharge",
        }
    }

    /// The hook of this name.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hook| hook.word() == word)
    }

    /// The members that its context must have, all of them texts.
    pub fn context_texts(self) -> &'static [&'static str] {
        match self {
            Self::PatientView | Self::OrderSelect | Self::OrderSign => &["userId", "patientId"],
            Self::EncounterDischarge => &["userId", "patientId", "encounterId"],
        }
    }

    /// Every member of its context by which a prefetch template may be filled in.
    pub fn context_members(self) -> &'static [&'static str] {
        match self {
            Self::EncounterDischarge => self.context_texts(),
            // The stay is told where there is one.
            Self::PatientView | Self::OrderSelect | Self::OrderSign => {
                &["userId", "patientId", "encounterId"]
            }
        }
    }

    /// Whether its context carries orders that are not signed.
    pub fn has_drafts(self) -> bool {
        matches!(self, Self::OrderSelect | Self::OrderSign)
    }
}
