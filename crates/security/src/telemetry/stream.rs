/// Which log of the hospital an entry belongs to: Sigma's `service`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stream {
    /// Requests to the FHIR interface.
    Fhir,
    /// HL7 v2 messages and the interfaces that carry them.
    Hl7,
    /// Associations with the archive, and what was asked in them.
    Dicom,
    /// Sign-ins, tokens, accounts.
    Auth,
    /// Bulk exports.
    Export,
    /// What people did in the chart with a form.
    Ehr,
    /// Snapshots, resets and restores.
    Storage,
    /// Configuration: roles, rules, channels, registered devices.
    Configuration,
    /// What the security desk and the compliance office did.
    Response,
    /// Everything else.
    Other,
}

impl Stream {
    /// All streams.
    pub const ALL: [Self; 10] = [
        Self::Fhir,
        Self::Hl7,
        Self::Dicom,
        Self::Auth,
        Self::Export,
        Self::Ehr,
        Self::Storage,
        Self::Configuration,
        Self::Response,
        Self::Other,
    ];

    /// The word in rules and queries.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Fhir => "fhir",
            Self::Hl7 => "hl7",
            Self::Dicom => "dicom",
            Self::Auth => "auth",
            Self::Export => "export",
            Self::Ehr => "ehr",
            Self::Storage => "storage",
            Self::Configuration => "configuration",
            Self::Response => "response",
            Self::Other => "other",
        }
    }

    /// The stream of a journal kind.
    #[must_use]
    pub fn of(kind: &str) -> Self {
        let family = kind.split('.').next().unwrap_or_default();
        match (family, kind) {
            (_, "fhir.export") => Self::Export,
            (_, "dicom.entity-registered" | "dicom.entity-removed" | "interface.changed") => {
                Self::Configuration
            }
            (_, "sandbox.snapshot" | "sandbox.reset" | "sandbox.returned" | "sandbox.undo") => Self::Storage,
            ("fhir", _) => Self::Fhir,
            ("hl7" | "channel" | "interface", _) => Self::Hl7,
            ("dicom", _) => Self::Dicom,
            ("auth" | "token" | "account", _) => Self::Auth,
            ("command" | "chart", _) => Self::Ehr,
            ("build" | "role", _) => Self::Configuration,
            ("response" | "desk" | "compliance", _) => Self::Response,
            ("backup" | "restore", _) => Self::Storage,
            _ => Self::Other,
        }
    }
}

/// What was done, in the one word that FHIR's audit events and OCSF share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// Something new.
    Create,
    /// Looking at one thing, or at a search's results.
    Read,
    /// Changing something.
    Update,
    /// Removing something.
    Delete,
    /// Anything else that was carried out.
    Execute,
}

impl Activity {
    /// The word in rules and queries.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Read => "read",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Execute => "execute",
        }
    }

    /// The activity of a journal kind.
    #[must_use]
    pub fn of(kind: &str) -> Self {
        let last = kind.rsplit('.').next().unwrap_or_default();
        match last {
            "create" | "store" | "registered" | "entity-registered" | "snapshot" | "received" | "queued" => {
                Self::Create
            }
            "read" | "vread" | "search" | "history" | "find" | "move" | "view" | "viewed" | "export" => {
                Self::Read
            }
            "update" | "patch" | "change" | "changed" => Self::Update,
            "delete" | "deleted" | "removed" | "entity-removed" => Self::Delete,
            _ => Self::Execute,
        }
    }
}
