use serde::{Deserialize, Serialize};

/// The app in which staff work.
pub const WARD_CHART: &str = "ward-chart";
/// What devices of the imaging network call through: no app, but the archive's own door.
pub const ARCHIVE: &str = "archive";
/// What results come through: no app, but the door for messages.
pub const FEED: &str = "feed";
/// The app in which patients look at their own records.
pub const PORTAL: &str = "patient-portal";

/// A way to ask the FHIR server for what it has about one patient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Form {
    /// The record itself.
    Record,
    /// A search for results.
    Results,
    /// The operation that gives everything.
    Everything,
    /// A search for visits that includes the record.
    Included,
    /// The versions of the record.
    Versions,
}

impl Form {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Record, Self::Results, Self::Everything, Self::Included, Self::Versions];

    /// The address below that of the FHIR server.
    #[must_use]
    pub fn path(self, patient: &str) -> String {
        match (self, self.search(patient)) {
            (_, Some((kind, query))) => format!("{kind}?{query}"),
            (Self::Everything, None) => format!("Patient/{patient}/$everything"),
            (Self::Versions, None) => format!("Patient/{patient}/_history"),
            (_, None) => format!("Patient/{patient}"),
        }
    }

    /// Type and query, where it is a search.
    #[must_use]
    pub fn search(self, patient: &str) -> Option<(&'static str, String)> {
        match self {
            Self::Results => Some(("Observation", format!("patient={patient}&_count=20"))),
            Self::Included => {
                Some(("Encounter", format!("patient={patient}&_include=Encounter:subject&_count=20")))
            }
            Self::Record | Self::Everything | Self::Versions => None,
        }
    }
}

/// What is done. Every deed is a request to one of the hospital's own doors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deed {
    /// Signing in at the identity provider, with the right password or a wrong one.
    SignIn {
        /// Whether the password is right.
        right: bool,
    },
    /// Opening one record, such as `Patient/7`.
    Read {
        /// Which.
        at: String,
    },
    /// Looking through a patient's records of a type.
    Look {
        /// The type.
        kind: String,
        /// The patient's id.
        patient: String,
    },
    /// Asking for what there is about a patient.
    Ask {
        /// How.
        form: Form,
        /// The patient's id.
        patient: String,
    },
    /// Adding a note to a record, as honest work does.
    Amend {
        /// Which.
        at: String,
    },
    /// A device asks the archive for its worklist.
    Worklist,
    /// Searching the archive for the studies of one patient.
    Studies {
        /// The patient's id.
        patient: String,
    },
    /// Sending a potassium result to the chart, under the login as name (MSH-3).
    Report {
        /// The id of the order.
        order: String,
        /// The value, in tenths of mmol/L.
        tenths: u32,
    },
    /// Looking for the result of an order, and giving what is given for such a value.
    Heed {
        /// The id of the order.
        order: String,
        /// Whose it is.
        patient: String,
    },
    /// Making a record unreadable.
    Lock {
        /// Which.
        at: String,
    },
}

impl Deed {
    /// Whether it looks at a patient's chart.
    pub(super) fn looks_at(&self, patient: &str) -> bool {
        match self {
            Self::Read { at } => at.strip_prefix("Patient/") == Some(patient),
            Self::Look { patient: whose, .. }
            | Self::Ask { patient: whose, .. }
            | Self::Heed { patient: whose, .. }
            | Self::Studies { patient: whose } => whose == patient,
            Self::SignIn { .. }
            | Self::Amend { .. }
            | Self::Report { .. }
            | Self::Worklist
            | Self::Lock { .. } => false,
        }
    }
}

/// One thing that somebody does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Act {
    /// When, microseconds since 1970 UTC.
    pub at_us: i64,
    /// With which account, or under which title of the imaging network.
    pub login: String,
    /// From which network address.
    pub address: String,
    /// Through which app.
    pub client: String,
    /// What.
    pub deed: Deed,
    /// What it means for care that it be done: 10 for an emergency, 1 for an office.
    pub weight: u32,
    /// Whether it belongs to the attack.
    pub hostile: bool,
}
