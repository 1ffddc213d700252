//! What a script does as a device of the imaging department.

/// Something a device does with the archive over DICOM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DicomDeed {
    /// Asks what it is to do next: C-FIND of the modality worklist (PS3.4, K). The fields are keys; what is left out is not
    /// asked about.
    Worklist,
    /// Sends one picture: C-STORE (PS3.4, B). The fields are what the device writes into it.
    Store,
}

impl DicomDeed {
    /// Every deed.
    pub const ALL: [Self; 2] = [Self::Worklist, Self::Store];

    /// Its word in a script.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Worklist => "worklist",
            Self::Store => "store",
        }
    }

    /// The fields that must be there.
    #[must_use]
    pub fn needed(self) -> &'static [&'static str] {
        match self {
            Self::Worklist => &[],
            Self::Store => &["patient_id", "patient_name", "study", "modality"],
        }
    }

    /// The fields that may be left out.
    #[must_use]
    pub fn optional(self) -> &'static [&'static str] {
        match self {
            Self::Worklist => {
                &["patient_id", "patient_name", "accession", "study", "modality", "station", "date"]
            }
            Self::Store => &["accession", "birth_date", "sex", "description"],
        }
    }
}
