//! The order sets.

/// Items that are offered together.
pub(super) struct OrderSet {
    /// The id of the `PlanDefinition`.
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) about: &'static str,
    pub(super) groups: &'static [Group],
}

/// A heading with its items: the id of an orderable, and whether it is ticked to begin with.
pub(super) struct Group {
    pub(super) title: &'static str,
    pub(super) items: &'static [(&'static str, bool)],
}

const fn group(title: &'static str, items: &'static [(&'static str, bool)]) -> Group {
    Group { title, items }
}

/// All of them.
pub(super) const ORDER_SETS: [OrderSet; 4] = [
    OrderSet {
        id: "set-admission",
        title: "Admission, general",
        about: "What most people need on their first day on a ward.",
        groups: &[
            group("Laboratory", &[("lab-basic-metabolic", true), ("lab-blood-count", true)]),
            group("Prevention", &[("med-enoxaparin", true)]),
            group("Comfort", &[("med-acetaminophen", true), ("med-ondansetron", false)]),
        ],
    },
    OrderSet {
        id: "set-chest-pain",
        title: "Chest pain",
        about: "The first hour with chest pain that may be a heart attack.",
        groups: &[
            group("Now", &[("img-ecg", true), ("lab-troponin", true), ("img-portable-chest-xray", true)]),
            group(
                "Laboratory",
                &[("lab-basic-metabolic", true), ("lab-blood-count", true), ("lab-lipids", false)],
            ),
            group(
                "Medication",
                &[("med-aspirin", true), ("med-atorvastatin", false), ("med-metoprolol", false)],
            ),
        ],
    },
    OrderSet {
        id: "set-sepsis",
        title: "Sepsis",
        about: "Suspected sepsis: lactate and cultures before the first antibiotic.",
        groups: &[
            group(
                "Laboratory",
                &[
                    ("lab-lactate", true),
                    ("lab-blood-culture", true),
                    ("lab-blood-count", true),
                    ("lab-basic-metabolic", true),
                    ("lab-procalcitonin", false),
                    ("lab-urine-culture", false),
                ],
            ),
            group("Imaging", &[("img-portable-chest-xray", true)]),
            group(
                "Antibiotics",
                &[("med-piperacillin", true), ("med-vancomycin", false), ("med-ceftriaxone", false)],
            ),
        ],
    },
    OrderSet {
        id: "set-diabetes",
        title: "Diabetes, inpatient",
        about: "Someone with diabetes who is admitted for another reason.",
        groups: &[
            group(
                "Laboratory",
                &[
                    ("lab-glucose", true),
                    ("lab-hemoglobin-a1c", true),
                    ("lab-basic-metabolic", true),
                    ("lab-urine-albumin", false),
                ],
            ),
            group("Medication", &[("med-metformin", false)]),
        ],
    },
];
