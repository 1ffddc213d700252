//! What clinicians call a test or a sign, where its own name is too long for a column.

use serde_json::Value;

use super::element::{concept, items, text};

/// LOINC codes and our words for them.
const LABELS: [(&str, &str); 52] = [
    ("85354-9", "Blood pressure"),
    ("8480-6", "Systolic pressure"),
    ("8462-4", "Diastolic pressure"),
    ("8867-4", "Heart rate"),
    ("9279-1", "Respiratory rate"),
    ("8310-5", "Temperature"),
    ("59408-5", "Oxygen saturation"),
    ("2708-6", "Oxygen saturation"),
    ("29463-7", "Weight"),
    ("8302-2", "Height"),
    ("39156-5", "Body mass index"),
    ("72166-2", "Smoking status"),
    ("44261-6", "PHQ-9 score"),
    ("2951-2", "Sodium"),
    ("2823-3", "Potassium"),
    ("2075-0", "Chloride"),
    ("2028-9", "Carbon dioxide"),
    ("3094-0", "Urea nitrogen"),
    ("2160-0", "Creatinine"),
    ("2345-7", "Glucose"),
    ("17861-6", "Calcium"),
    ("718-7", "Hemoglobin"),
    ("6690-2", "White cells"),
    ("777-3", "Platelets"),
    ("2093-3", "Cholesterol"),
    ("2085-9", "HDL cholesterol"),
    ("13457-7", "LDL cholesterol"),
    ("2571-8", "Triglycerides"),
    ("4548-4", "Hemoglobin A1c"),
    ("14959-1", "Urine albumin/creatinine"),
    ("89579-7", "Troponin I"),
    ("33762-6", "NT-proBNP"),
    ("2524-7", "Lactate"),
    ("33959-8", "Procalcitonin"),
    ("6301-6", "INR"),
    ("2744-1", "Arterial pH"),
    ("2019-8", "Arterial pCO2"),
    ("2703-7", "Arterial pO2"),
    ("1975-2", "Bilirubin"),
    ("1742-6", "ALT"),
    ("48065-7", "D-dimer (FEU)"),
    ("883-9", "Blood group"),
    ("10331-7", "Rh type"),
    ("9272-6", "Apgar at 1 minute"),
    ("9274-2", "Apgar at 5 minutes"),
    ("5799-2", "Urine leukocyte esterase"),
    ("600-7", "Blood culture"),
    ("630-4", "Urine culture"),
    ("24321-2", "Basic metabolic panel"),
    ("58410-2", "Blood count"),
    ("24331-1", "Lipid panel"),
    ("11524-6", "ECG"),
];

/// Our word for the first code that has one, otherwise what the record calls it.
pub(super) fn label(code: Option<&Value>) -> Option<String> {
    let codings = code.map_or(&[][..], |code| items(code, "coding"));
    let codes = codings.iter().filter_map(|coding| text(coding, "code"));
    let known = codes.flat_map(|code| LABELS.iter().filter(move |(known, _)| *known == code)).next();
    known.map(|(_, label)| (*label).to_owned()).or_else(|| concept(code))
}

#[cfg(test)]
mod tests {
    use hospital::codes::{test, vital};
    use serde_json::json;

    use super::*;

    #[test]
    fn every_test_and_sign_we_write_has_a_short_name() {
        for code in test::ALL.iter().chain(vital::ALL) {
            let named = label(Some(&json!({"coding": [{"code": code.code, "display": code.display}]})));
            assert!(named.is_some_and(|named| named.len() <= 24), "{}", code.display);
        }
    }

    #[test]
    fn others_keep_their_own() {
        assert_eq!(label(Some(&json!({"text": "Mood", "coding": [{"code": "1"}]}))).as_deref(), Some("Mood"));
        assert_eq!(label(None), None);
    }
}
