use serde::{Deserialize, Serialize};

/// What somebody is in the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Cares for the patients of a ward.
    Nurse,
    /// Treats them.
    Physician,
    /// Treats whoever comes to the emergency department.
    Emergency,
    /// Registers and moves patients.
    Registrar,
    /// Codes and bills what was done.
    Coder,
    /// Looks after the systems.
    Technician,
    /// A patient with an account at the portal.
    Patient,
    /// A device that makes pictures, and asks the archive for its worklist.
    Modality,
    /// A station at which pictures are read.
    Station,
}

impl Role {
    /// The word in accounts and addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Nurse => "nurse",
            Self::Physician => "physician",
            Self::Emergency => "emergency",
            Self::Registrar => "registrar",
            Self::Coder => "coder",
            Self::Technician => "technician",
            Self::Patient => "patient",
            Self::Modality => "modality",
            Self::Station => "station",
        }
    }
}

/// An account at the identity provider.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The login.
    pub login: String,
    /// Whose it is.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// The unit they work in; of a patient, none.
    pub unit: String,
    /// The network address they usually come from.
    pub address: String,
    /// Who they are in the records, such as `Practitioner/7`.
    pub record: Option<String>,
}

/// A patient's chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chart {
    /// The patient's id.
    pub id: String,
    /// The unit they lie in; none for who is not in the house.
    pub unit: String,
}

/// A potassium that was ordered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The id of the order.
    pub id: String,
    /// The patient's id.
    pub patient: String,
    /// Their record number.
    pub mrn: String,
    /// What the laboratory finds, in tenths of mmol/L.
    pub tenths: u32,
    /// When it says so, microseconds since 1970 UTC.
    pub due_us: i64,
}

/// What a hospital has, as far as actors need to know.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// When the learner comes, microseconds since 1970 UTC.
    pub now_us: i64,
    /// The people who work here.
    pub staff: Vec<Account>,
    /// Patients with an account at the portal.
    pub portal: Vec<Account>,
    /// Nodes of the imaging network, each with its title as login; none where the scene has nothing to do with them.
    #[serde(default)]
    pub devices: Vec<Account>,
    /// Patients.
    pub charts: Vec<Chart>,
    /// Potassium orders, where the scene has to do with results.
    #[serde(default)]
    pub orders: Vec<Order>,
    /// Records that an attacker may change, as `Type/ID` with the patient they are about.
    pub records: Vec<(String, String)>,
}

impl Ground {
    /// The account of this login.
    #[must_use]
    pub fn account(&self, login: &str) -> Option<&Account> {
        self.staff.iter().chain(&self.portal).chain(&self.devices).find(|account| account.login == login)
    }

    /// The staff of these roles.
    #[must_use]
    pub fn of_roles(&self, roles: &[Role]) -> Vec<&Account> {
        self.staff.iter().filter(|account| roles.contains(&account.role)).collect()
    }
}
