//! The catalogue of orderables.

use crate::codes::{Code, drug, report, substance, test};

/// A laboratory test or an image that can be ordered.
pub(super) struct Service {
    /// The id of the `ActivityDefinition`.
    pub(super) id: &'static str,
    /// What it is called on forms.
    pub(super) title: &'static str,
    pub(super) code: &'static Code,
}

/// A medicine that can be ordered, with the dose it is offered with.
pub(super) struct Medicine {
    /// The id of the `ActivityDefinition`.
    pub(super) id: &'static str,
    /// What it is called on forms.
    pub(super) title: &'static str,
    pub(super) code: &'static Code,
    /// Amount and unit of one dose.
    pub(super) dose: (&'static str, &'static str),
    /// A code of [`ROUTES`](crate::ehr::ROUTES).
    pub(super) route: &'static str,
    /// A code of [`FREQUENCIES`](crate::ehr::FREQUENCIES).
    pub(super) frequency: &'static str,
    /// What it is given for where it is given as needed.
    pub(super) as_needed: Option<&'static str>,
    /// An allergy to one of these speaks against it.
    pub(super) conflicts: &'static [&'static Code],
    /// The classes that rules know it by.
    pub(super) classes: &'static [&'static str],
}

const fn service(id: &'static str, title: &'static str, code: &'static Code) -> Service {
    Service { id, title, code }
}

/// Laboratory tests and panels.
pub(super) const LABORATORY: [Service; 17] = [
    service("lab-basic-metabolic", "Basic metabolic panel", &report::BASIC_METABOLIC),
    service("lab-blood-count", "Blood count", &report::BLOOD_COUNT),
    service("lab-lipids", "Lipid panel", &report::LIPIDS),
    service("lab-sodium", "Sodium", &test::SODIUM),
    service("lab-potassium", "Potassium", &test::POTASSIUM),
    service("lab-creatinine", "Creatinine", &test::CREATININE),
    service("lab-glucose", "Glucose", &test::GLUCOSE),
    service("lab-calcium", "Calcium", &test::CALCIUM),
    service("lab-hemoglobin", "Hemoglobin", &test::HEMOGLOBIN),
    service("lab-hemoglobin-a1c", "Hemoglobin A1c", &test::HEMOGLOBIN_A1C),
    service("lab-troponin", "Troponin I", &test::TROPONIN),
    service("lab-nt-probnp", "NT-proBNP", &test::NT_PROBNP),
    service("lab-lactate", "Lactate", &test::LACTATE),
    service("lab-procalcitonin", "Procalcitonin", &test::PROCALCITONIN),
    service("lab-urine-albumin", "Urine albumin/creatinine", &test::URINE_ALBUMIN),
    service("lab-blood-culture", "Blood culture", &test::BLOOD_CULTURE),
    service("lab-urine-culture", "Urine culture", &test::URINE_CULTURE),
];

/// Images and tracings.
pub(super) const IMAGING: [Service; 7] = [
    service("img-chest-xray", "Chest X-ray, 2 views", &report::CHEST_XRAY),
    service("img-portable-chest-xray", "Chest X-ray, portable", &report::PORTABLE_CHEST_XRAY),
    service("img-ecg", "ECG", &report::ECG),
    service("img-chest-ct", "CT chest", &report::CHEST_CT),
    service("img-head-ct", "CT head without contrast", &report::HEAD_CT),
    service("img-abdomen-ultrasound", "Ultrasound abdomen", &report::ABDOMEN_ULTRASOUND),
    service("img-brain-mr", "MR brain", &report::BRAIN_MR),
];

const fn medicine(
    names: [&'static str; 2],
    code: &'static Code,
    dose: (&'static str, &'static str),
    route: &'static str,
    frequency: &'static str,
) -> Medicine {
    let [id, title] = names;
    Medicine { id, title, code, dose, route, frequency, as_needed: None, conflicts: &[], classes: &[] }
}

impl Medicine {
    const fn needed_for(self, reason: &'static str) -> Self {
        Self { as_needed: Some(reason), ..self }
    }

    const fn against(self, conflicts: &'static [&'static Code]) -> Self {
        Self { conflicts, ..self }
    }

    const fn of(self, classes: &'static [&'static str]) -> Self {
        Self { classes, ..self }
    }
}

const PENICILLINS: &[&Code] = &[&substance::PENICILLIN, &substance::AMOXICILLIN];
const NSAIDS: &[&Code] = &[&substance::ASPIRIN, &substance::IBUPROFEN];
const ORAL: &str = "oral";

/// Medicines with the dose they are offered with.
pub(super) const MEDICINES: [Medicine; 25] = [
    medicine(["med-lisinopril", "Lisinopril"], &drug::LISINOPRIL, ("10", "mg"), ORAL, "daily"),
    medicine(
        ["med-hydrochlorothiazide", "Hydrochlorothiazide"],
        &drug::HYDROCHLOROTHIAZIDE,
        ("25", "mg"),
        ORAL,
        "daily",
    ),
    medicine(["med-amlodipine", "Amlodipine"], &drug::AMLODIPINE, ("5", "mg"), ORAL, "daily"),
    medicine(["med-metformin", "Metformin, extended release"], &drug::METFORMIN, ("500", "mg"), ORAL, "bid")
        .of(&["biguanide"]),
    medicine(["med-atorvastatin", "Atorvastatin"], &drug::ATORVASTATIN, ("80", "mg"), ORAL, "nightly"),
    medicine(["med-aspirin", "Aspirin, low dose"], &drug::ASPIRIN, ("81", "mg"), ORAL, "daily")
        .against(NSAIDS),
    medicine(["med-clopidogrel", "Clopidogrel"], &drug::CLOPIDOGREL, ("75", "mg"), ORAL, "daily"),
    medicine(["med-metoprolol", "Metoprolol tartrate"], &drug::METOPROLOL, ("25", "mg"), ORAL, "bid"),
    medicine(["med-furosemide", "Furosemide"], &drug::FUROSEMIDE, ("40", "mg"), ORAL, "daily"),
    medicine(["med-albuterol", "Albuterol inhaler"], &drug::ALBUTEROL, ("2", "puff"), "inhaled", "q4h")
        .needed_for("shortness of breath"),
    medicine(["med-prednisone", "Prednisone"], &drug::PREDNISONE, ("40", "mg"), ORAL, "daily"),
    medicine(["med-azithromycin", "Azithromycin"], &drug::AZITHROMYCIN, ("500", "mg"), ORAL, "daily"),
    medicine(["med-amoxicillin", "Amoxicillin"], &drug::AMOXICILLIN, ("500", "mg"), ORAL, "tid")
        .against(PENICILLINS)
        .of(&["penicillin"]),
    medicine(["med-ciprofloxacin", "Ciprofloxacin"], &drug::CIPROFLOXACIN, ("500", "mg"), ORAL, "bid"),
    medicine(
        ["med-piperacillin", "Piperacillin/tazobactam"],
        &drug::PIPERACILLIN,
        ("2.25", "g"),
        "intravenous",
        "q6h",
    )
    .against(PENICILLINS)
    .of(&["penicillin"]),
    medicine(["med-sertraline", "Sertraline"], &drug::SERTRALINE, ("50", "mg"), ORAL, "daily"),
    medicine(["med-acetaminophen", "Acetaminophen"], &drug::ACETAMINOPHEN, ("650", "mg"), ORAL, "q6h")
        .needed_for("pain or fever"),
    medicine(["med-ibuprofen", "Ibuprofen"], &drug::IBUPROFEN, ("400", "mg"), ORAL, "q6h")
        .needed_for("pain")
        .against(NSAIDS)
        .of(&["nsaid"]),
    medicine(["med-naproxen", "Naproxen"], &drug::NAPROXEN, ("500", "mg"), ORAL, "bid")
        .against(NSAIDS)
        .of(&["nsaid"]),
    medicine(
        ["med-potassium-chloride", "Potassium chloride"],
        &drug::POTASSIUM_CHLORIDE,
        ("20", "meq"),
        ORAL,
        "daily",
    )
    .of(&["potassium"]),
    medicine(["med-ceftriaxone", "Ceftriaxone"], &drug::CEFTRIAXONE, ("1", "g"), "intravenous", "daily"),
    medicine(["med-vancomycin", "Vancomycin"], &drug::VANCOMYCIN, ("750", "mg"), "intravenous", "q12h"),
    medicine(["med-enoxaparin", "Enoxaparin"], &drug::ENOXAPARIN, ("40", "mg"), "subcutaneous", "daily"),
    medicine(["med-ondansetron", "Ondansetron"], &drug::ONDANSETRON, ("4", "mg"), ORAL, "q8h")
        .needed_for("nausea"),
    medicine(
        ["med-sulfamethoxazole", "Sulfamethoxazole/trimethoprim"],
        &drug::SULFAMETHOXAZOLE,
        ("1", "tablet"),
        ORAL,
        "bid",
    )
    .against(&[&substance::SULFAMETHOXAZOLE])
    .of(&["sulfonamide"]),
];
