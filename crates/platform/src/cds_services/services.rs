use standards::cds_hooks::Hook;

/// A service: a few rules of the hospital under a name.
pub(super) struct Service {
    /// Its id, the last part of its address.
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    pub(super) hook: Hook,
    /// The ids of its rules. One that is retired says nothing.
    pub(super) rules: &'static [&'static str],
}

/// All of them.
pub(super) const SERVICES: [Service; 4] = [
    Service {
        id: "renal-dosing",
        title: "Medicines and the kidneys",
        about: "Warns of medicines that harm failing kidneys or gather in them, by the estimated glomerular filtration rate.",
        hook: Hook::OrderSign,
        rules: &["rule-nsaid-kidney", "rule-metformin-kidney"],
    },
    Service {
        id: "potassium-safety",
        title: "Potassium",
        about: "Stops potassium for a patient whose newest potassium is high.",
        hook: Hook::OrderSign,
        rules: &["rule-potassium-high"],
    },
    Service {
        id: "duplicate-order",
        title: "Duplicate orders",
        about: "Warns of an order that was given already within the last 24 hours and is still in force.",
        hook: Hook::OrderSign,
        rules: &["rule-duplicate-order"],
    },
    Service {
        id: "allergy-conflict",
        title: "Allergies",
        about: "Warns, as soon as a medicine is chosen, of a recorded allergy to it or to one like it.",
        hook: Hook::OrderSelect,
        rules: &["rule-allergy-conflict"],
    },
];

/// What every service wishes to know beforehand: a key, and the request that fetches it (CDS Hooks 2.0, Prefetch Template).
pub(super) const PREFETCH: [(&str, &str); 5] = [
    ("patient", "Patient/{{context.patientId}}"),
    ("allergies", "AllergyIntolerance?patient={{context.patientId}}"),
    ("medications", "MedicationRequest?patient={{context.patientId}}"),
    ("services", "ServiceRequest?patient={{context.patientId}}"),
    ("results", "Observation?patient={{context.patientId}}&category=laboratory"),
];

/// Whether there is a service of this id.
pub(crate) fn is_offered(id: &str) -> bool {
    service(id).is_some()
}

/// The service of this id.
pub(super) fn service(id: &str) -> Option<&'static Service> {
    SERVICES.iter().find(|service| service.id == id)
}
