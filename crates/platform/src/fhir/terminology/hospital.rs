//! Codes that the hospital itself brings along: its own, and those it uses of larger systems. Our own work, but for the
//! names of the larger systems' codes, which are their owners'.

use hospital::codes::{self, Code, test};
use serde_json::{Value, json};
use standards::fhir::terminology::Kind;

/// The hospital's laboratory's own short names of its tests.
const LAB_TEST: &str = "https://practicum.example/lab-test";
/// HL7's kinds of acts, among them those of encounter.
const ACT_CODE: &str = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

const VALUE_SETS: [(&str, &str, &str); 2] = [
    ("https://practicum.example/fhir/ValueSet/lab-test", "LabTests", LAB_TEST),
    ("https://practicum.example/fhir/ValueSet/encounter-type", "EncounterTypes", codes::ENCOUNTER_TYPE),
];

/// Each test of the laboratory: its short name, and the code of LOINC with the same meaning.
const LAB_TESTS: [(&str, Code); 33] = [
    ("NA", test::SODIUM),
    ("K", test::POTASSIUM),
    ("CL", test::CHLORIDE),
    ("CO2", test::CARBON_DIOXIDE),
    ("BUN", test::UREA_NITROGEN),
    ("CREA", test::CREATININE),
    ("GLU", test::GLUCOSE),
    ("CA", test::CALCIUM),
    ("HGB", test::HEMOGLOBIN),
    ("WBC", test::LEUKOCYTES),
    ("PLT", test::PLATELETS),
    ("CHOL", test::CHOLESTEROL),
    ("HDL", test::HDL),
    ("LDL", test::LDL),
    ("TRIG", test::TRIGLYCERIDE),
    ("A1C", test::HEMOGLOBIN_A1C),
    ("UACR", test::URINE_ALBUMIN),
    ("HSTNI", test::TROPONIN),
    ("NTBNP", test::NT_PROBNP),
    ("LACT", test::LACTATE),
    ("PCT", test::PROCALCITONIN),
    ("INR", test::INR),
    ("ABGPH", test::ARTERIAL_PH),
    ("PCO2", test::ARTERIAL_CARBON_DIOXIDE),
    ("PO2", test::ARTERIAL_OXYGEN),
    ("TBIL", test::BILIRUBIN),
    ("ALT", test::ALANINE_AMINOTRANSFERASE),
    ("DDIM", test::D_DIMER),
    ("ABO", test::ABO_GROUP),
    ("RH", test::RH_TYPE),
    ("ULE", test::LEUKOCYTE_ESTERASE),
    ("BCX", test::BLOOD_CULTURE),
    ("UCX", test::URINE_CULTURE),
];

/// Kinds of encounter in HL7's terms: the code, how the meanings relate, the code of HL7, its name.
const ENCOUNTER_TYPES: [(Code, &str, &str, &str); 6] = [
    (codes::visit::WELLNESS, "wider", "AMB", "ambulatory"),
    (codes::visit::FOLLOW_UP, "wider", "AMB", "ambulatory"),
    (codes::visit::SICK_VISIT, "wider", "AMB", "ambulatory"),
    (codes::visit::PRENATAL, "wider", "AMB", "ambulatory"),
    (codes::visit::EMERGENCY, "equivalent", "EMER", "emergency"),
    (codes::visit::INPATIENT, "equivalent", "IMP", "inpatient encounter"),
];

/// What the hospital uses of systems that it does not own.
const USED: [&[Code]; 10] = [
    codes::diagnosis::ALL,
    codes::procedure::ALL,
    codes::vital::ALL,
    codes::smoking::ALL,
    codes::test::ALL,
    codes::report::ALL,
    codes::note::ALL,
    codes::drug::ALL,
    codes::substance::ALL,
    codes::vaccine::ALL,
];

/// The resource of this kind and canonical URL, if the hospital brings one along.
pub(super) fn resource(kind: Kind, url: &str) -> Option<Value> {
    match kind {
        Kind::CodeSystem => code_system(url),
        Kind::ValueSet => VALUE_SETS.iter().find(|(known, _, _)| *known == url).map(value_set),
        Kind::ConceptMap => concept_maps().into_iter().find(|map| map["url"] == url),
    }
}

/// The maps from the hospital's codes to those of others.
pub(super) fn concept_maps() -> [Value; 2] {
    let lab_tests = LAB_TESTS.iter().map(|(short, loinc)| {
        let target = target(loinc.code, loinc.display, "equivalent");
        json!({"code": short, "display": loinc.display, "target": [target]})
    });
    let lab_tests: Vec<Value> = lab_tests.collect();
    let encounter_types = ENCOUNTER_TYPES.iter().map(|(own, equivalence, code, display)| {
        json!({"code": own.code, "display": own.display, "target": [target(code, display, equivalence)]})
    });
    let encounter_types: Vec<Value> = encounter_types.collect();
    [
        concept_map("lab-test-to-loinc", "LabTestsToLoinc", (LAB_TEST, codes::LOINC), &lab_tests),
        concept_map(
            "encounter-type-to-act-code",
            "EncounterTypesToActCodes",
            (codes::ENCOUNTER_TYPE, ACT_CODE),
            &encounter_types,
        ),
    ]
}

fn code_system(url: &str) -> Option<Value> {
    let concept = |code: &str, display: &str| json!({"code": code, "display": display});
    let (name, content, concepts): (&str, &str, Vec<Value>) = match url {
        LAB_TEST => {
            let tests = LAB_TESTS.iter().map(|(short, loinc)| concept(short, loinc.display));
            ("LabTests", "complete", tests.collect())
        }
        codes::ENCOUNTER_TYPE => {
            let visits = codes::visit::ALL.iter().map(|code| concept(code.code, code.display));
            ("EncounterTypes", "complete", visits.collect())
        }
        _ => {
            let used = USED.into_iter().flatten().filter(|code| code.system == url);
            (name_of(url)?, "fragment", used.map(|code| concept(code.code, code.display)).collect())
        }
    };
    Some(
        json!({"resourceType": "CodeSystem", "url": url, "name": name, "status": "active", "content": content,
        "concept": concepts}),
    )
}

/// The name of a system that is used here but owned by others.
fn name_of(url: &str) -> Option<&'static str> {
    Some(match url {
        codes::LOINC => "LOINC",
        codes::ICD10CM => "ICD-10-CM",
        codes::ICD10PCS => "ICD-10-PCS",
        codes::RXNORM => "RxNorm",
        codes::CVX => "CVX",
        _ => return None,
    })
}

fn value_set((url, name, system): &(&str, &str, &str)) -> Value {
    json!({"resourceType": "ValueSet", "url": url, "name": name, "status": "active",
        "compose": {"include": [{"system": system}]}})
}

fn concept_map(id: &str, name: &str, (source, target): (&str, &str), elements: &[Value]) -> Value {
    let mut map = json!({"resourceType": "ConceptMap", "url": format!("https://practicum.example/fhir/ConceptMap/{id}"),
        "name": name, "status": "active",
        "group": [{"source": source, "target": target, "element": elements}]});
    if let Some((url, _, _)) = VALUE_SETS.iter().find(|(_, _, system)| *system == source) {
        map["sourceUri"] = (*url).into();
    }
    map
}

fn target(code: &str, display: &str, equivalence: &str) -> Value {
    json!({"code": code, "display": display, "equivalence": equivalence})
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use standards::fhir::definitions::Definitions;
    use standards::fhir::terminology::{CodeSystem, Kind, Membership, Terminology, ValueSet};
    use standards::fhir::validation::validate;

    use super::*;

    #[test]
    fn what_the_hospital_brings_along_is_sound() {
        let systems = [
            LAB_TEST,
            codes::ENCOUNTER_TYPE,
            codes::LOINC,
            codes::ICD10CM,
            codes::ICD10PCS,
            codes::RXNORM,
            codes::CVX,
        ];
        let mut all: Vec<Value> =
            systems.iter().map(|url| resource(Kind::CodeSystem, url).unwrap()).collect();
        all.extend(VALUE_SETS.iter().map(value_set));
        all.extend(concept_maps());
        for resource in all {
            assert_eq!(validate(Definitions::r4(), &resource), [], "{}", resource["url"]);
        }
    }

    #[test]
    fn every_test_of_the_laboratory_has_one_short_name() {
        let mapped: BTreeSet<&str> = LAB_TESTS.iter().map(|(_, loinc)| loinc.code).collect();
        let all: BTreeSet<&str> = test::ALL.iter().map(|code| code.code).collect();
        assert_eq!(mapped, all);
        let short: BTreeSet<&str> = LAB_TESTS.iter().map(|(short, _)| *short).collect();
        assert_eq!(short.len(), LAB_TESTS.len());
    }

    #[test]
    fn every_kind_of_encounter_is_mapped_to_a_code_there_is() {
        let mapped: Vec<&str> = ENCOUNTER_TYPES.iter().map(|(own, _, _, _)| own.code).collect();
        let all: Vec<&str> = codes::visit::ALL.iter().map(|code| code.code).collect();
        assert_eq!(mapped, all);
        for (_, _, code, display) in ENCOUNTER_TYPES {
            let found = Terminology::r4().lookup(ACT_CODE, code).unwrap();
            assert_eq!(found.concept.display.as_deref(), Some(display));
        }
    }

    #[test]
    fn the_hospitals_value_sets_hold_its_codes() {
        let system = CodeSystem::new(&code_system(LAB_TEST).unwrap());
        assert!(system.complete && system.concept("NA").is_some());
        let set = ValueSet::new(&resource(Kind::ValueSet, VALUE_SETS[0].0).unwrap());
        let alone = Terminology::r4().membership_in(&set, Some(LAB_TEST), "NA");
        assert!(matches!(alone, Membership::Unknown(_)), "without the hospital its system is not known");
    }
}
