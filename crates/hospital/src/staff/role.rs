/// The role that may do everything: whoever chose none works as this one.
pub const ALL_ROUND: &str = "all-round";

/// A role as the hospital is shipped with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShippedRole {
    /// As the matrix and the journal name it.
    pub code: &'static str,
    /// As people read it.
    pub display: &'static str,
    /// What the work is.
    pub about: &'static str,
}

/// The roles, in the order they are shown.
pub const ROLES: [ShippedRole; 8] = [
    ShippedRole {
        code: ALL_ROUND,
        display: "All-round",
        about: "Does everybody's work. For learning one thing at a time; no hospital should have one.",
    },
    ShippedRole {
        code: "nurse",
        display: "Nurse",
        about: "Cares for the patients of a ward: measures, gives drugs, writes notes.",
    },
    ShippedRole {
        code: "physician",
        display: "Physician",
        about: "Admits, orders, signs, and answers for the stay.",
    },
    ShippedRole {
        code: "registrar",
        display: "Registrar",
        about: "Receives people at the front desk: finds or makes their chart, admits them.",
    },
    ShippedRole {
        code: "pharmacist",
        display: "Pharmacist",
        about: "Answers for the drugs: verifies orders of them, and reconciles what the patient takes.",
    },
    ShippedRole {
        code: "him-clerk",
        display: "HIM clerk",
        about: "Health information management: keeps one chart for one person, and watches who looks.",
    },
    ShippedRole {
        code: "bed-manager",
        display: "Bed manager",
        about: "Knows every bed of the house, and who goes where next.",
    },
    ShippedRole {
        code: "analyst",
        display: "Analyst",
        about: "Configures the record system. Has no business in anybody's chart.",
    },
];
