//! The rules of decision support.

/// A rule: when it speaks, how loudly, and what it says.
pub(super) struct Rule {
    /// The id of the `PlanDefinition`.
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// FHIRPath over the order; see [`ehr`](crate::ehr) for the variables.
    pub(super) condition: &'static str,
    /// A code of [`SEVERITIES`](crate::ehr::SEVERITIES).
    pub(super) severity: &'static str,
    pub(super) message: &'static str,
}

/// All of them.
pub(super) const RULES: [Rule; 5] = [
    Rule {
        id: "rule-allergy-conflict",
        title: "Allergy conflict",
        condition: "%allergies.code.coding.where(code in %orderable.topic.coding.code).exists()",
        severity: "warning",
        message: "The patient is allergic to this medicine or to one like it.",
    },
    Rule {
        id: "rule-duplicate-order",
        title: "Duplicate order within 24 hours",
        condition: "%orders.where(status = 'active' and authoredOn > %dayAgo and (code.coding.code | medicationCodeableConcept.coding.code).where($this in %codes).exists()).exists()",
        severity: "warning",
        message: "The same was ordered within the last 24 hours and is still in force.",
    },
    Rule {
        id: "rule-potassium-high",
        title: "Potassium replacement with high potassium",
        condition: "%orderable.topic.coding.where(code = 'potassium').exists() and %results.where(code.coding.code = '2823-3').valueQuantity.where(value > 5.0).exists()",
        severity: "stop",
        message: "The newest potassium is above 5.0 mmol/L. More potassium may stop the heart.",
    },
    Rule {
        id: "rule-nsaid-kidney",
        title: "NSAID with low eGFR",
        condition: "%orderable.topic.coding.where(code = 'nsaid').exists() and %egfr < 60",
        severity: "warning",
        message: "The estimated glomerular filtration rate is below 60. This medicine may harm the kidneys further.",
    },
    Rule {
        id: "rule-metformin-kidney",
        title: "Metformin with low eGFR",
        condition: "%orderable.topic.coding.where(code = 'biguanide').exists() and %egfr < 30",
        severity: "stop",
        message: "The estimated glomerular filtration rate is below 30. Metformin is contraindicated.",
    },
];
