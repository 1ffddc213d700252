//! Every coded concept the hospital writes, with its display.
//!
//! ICD-10-CM, ICD-10-PCS and CVX are works of the United States government. LOINC
//! is used under its licence (<https://loinc.org/license>), codes and names
//! unchanged. RxNorm concepts are of `SAB=RXNORM` only. No CPT, no SNOMED CT.

/// A concept: what a `Coding` needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Canonical URL of the code system.
    pub system: &'static str,
    /// The code.
    pub code: &'static str,
    /// The name the code system gives it; also used as the text.
    pub display: &'static str,
}

/// Canonical URL of LOINC.
pub const LOINC: &str = "http://loinc.org";
/// Canonical URL of ICD-10-CM.
pub const ICD10CM: &str = "http://hl7.org/fhir/sid/icd-10-cm";
/// Canonical URL of ICD-10-PCS.
pub const ICD10PCS: &str = "http://www.cms.gov/Medicare/Coding/ICD10";
/// Canonical URL of RxNorm.
pub const RXNORM: &str = "http://www.nlm.nih.gov/research/umls/rxnorm";
/// Canonical URL of CVX.
pub const CVX: &str = "http://hl7.org/fhir/sid/cvx";
/// Canonical URL of UCUM.
pub const UCUM: &str = "http://unitsofmeasure.org";
/// Laboratory procedure (SNOMED CT), the category of orders for the laboratory.
pub const LABORATORY_PROCEDURE: &str = "108252007";
/// Our own kinds of encounter.
pub const ENCOUNTER_TYPE: &str = "https://practicum.example/encounter-type";

macro_rules! table {
    ($(#[$about:meta])* $table:ident, $system:expr, { $($name:ident = $code:literal $display:literal;)* }) => {
        $(#[$about])*
        #[allow(missing_docs, reason = "each concept carries its name in its display")]
        pub mod $table {
            use super::Code;
            $(pub const $name: Code = Code { system: $system, code: $code, display: $display };)*
            /// The whole table, in order.
            pub const ALL: &[Code] = &[$($name),*];
        }
    };
}

table!(
    /// Diagnoses, ICD-10-CM.
    diagnosis, super::ICD10CM, {
    SEPSIS = "A41.9" "Sepsis, unspecified organism";
    DIABETES = "E11.9" "Type 2 diabetes mellitus without complications";
    HYPERGLYCEMIA = "E11.65" "Type 2 diabetes mellitus with hyperglycemia";
    KETOACIDOSIS = "E10.10" "Type 1 diabetes mellitus with ketoacidosis without coma";
    OBESITY = "E66.9" "Obesity, unspecified";
    HYPERLIPIDEMIA = "E78.5" "Hyperlipidemia, unspecified";
    DEHYDRATION = "E86.0" "Dehydration";
    HYPONATREMIA = "E87.1" "Hypo-osmolality and hyponatremia";
    ALCOHOL_WITHDRAWAL = "F10.239" "Alcohol dependence with withdrawal, unspecified";
    DEPRESSION = "F32.9" "Major depressive disorder, single episode, unspecified";
    HYPERTENSION = "I10" "Essential (primary) hypertension";
    NSTEMI = "I21.4" "Non-ST elevation (NSTEMI) myocardial infarction";
    CORONARY = "I25.10" "Atherosclerotic heart disease of native coronary artery without angina pectoris";
    PULMONARY_EMBOLISM = "I26.99" "Other pulmonary embolism without acute cor pulmonale";
    ATRIAL_FIBRILLATION = "I48.91" "Unspecified atrial fibrillation";
    ACUTE_HEART_FAILURE = "I50.23" "Acute on chronic systolic (congestive) heart failure";
    HEART_FAILURE = "I50.9" "Heart failure, unspecified";
    STROKE = "I63.9" "Cerebral infarction, unspecified";
    UPPER_RESPIRATORY = "J06.9" "Acute upper respiratory infection, unspecified";
    PNEUMONIA = "J18.9" "Pneumonia, unspecified organism";
    COPD_EXACERBATION = "J44.1" "Chronic obstructive pulmonary disease with (acute) exacerbation";
    COPD = "J44.9" "Chronic obstructive pulmonary disease, unspecified";
    ASTHMA_EXACERBATION = "J45.901" "Unspecified asthma with (acute) exacerbation";
    ASTHMA = "J45.909" "Unspecified asthma, uncomplicated";
    RESPIRATORY_FAILURE = "J96.01" "Acute respiratory failure with hypoxia";
    APPENDICITIS = "K35.80" "Unspecified acute appendicitis";
    GALLSTONES = "K80.00" "Calculus of gallbladder with acute cholecystitis without obstruction";
    PANCREATITIS = "K85.90" "Acute pancreatitis without necrosis or infection, unspecified";
    GI_BLEED = "K92.2" "Gastrointestinal hemorrhage, unspecified";
    CELLULITIS = "L03.115" "Cellulitis of right lower limb";
    HIP_ARTHROSIS = "M16.11" "Unilateral primary osteoarthritis, right hip";
    KNEE_ARTHROSIS = "M17.11" "Unilateral primary osteoarthritis, right knee";
    KIDNEY_INJURY = "N17.9" "Acute kidney failure, unspecified";
    KIDNEY_DISEASE = "N18.30" "Chronic kidney disease, stage 3 unspecified";
    KIDNEY_FAILURE = "N18.6" "End stage renal disease";
    URINARY_INFECTION = "N39.0" "Urinary tract infection, site not specified";
    DELIVERY = "O80" "Encounter for full-term uncomplicated delivery";
    CHEST_PAIN = "R07.9" "Chest pain, unspecified";
    ABDOMINAL_PAIN = "R10.9" "Unspecified abdominal pain";
    FEVER = "R50.9" "Fever, unspecified";
    HEADACHE = "R51.9" "Headache, unspecified";
    SYNCOPE = "R55" "Syncope and collapse";
    HAND_LACERATION = "S61.411A" "Laceration without foreign body of right hand, initial encounter";
    HIP_FRACTURE = "S72.001A" "Fracture of unspecified part of neck of right femur, initial encounter for closed fracture";
    ANKLE_SPRAIN = "S93.401A" "Sprain of unspecified ligament of right ankle, initial encounter";
    ADULT_EXAM = "Z00.00" "Encounter for general adult medical examination without abnormal findings";
    CHILD_EXAM = "Z00.129" "Encounter for routine child health examination without abnormal findings";
    PREGNANCY_SUPERVISION = "Z34.90" "Encounter for supervision of normal pregnancy, unspecified, unspecified trimester";
    LIVEBORN = "Z38.00" "Single liveborn infant, delivered vaginally";
});

table!(
    /// Procedures, ICD-10-PCS.
    procedure, super::ICD10PCS, {
    CORONARY_STENT = "027034Z" "Dilation of Coronary Artery, One Artery with Drug-eluting Intraluminal Device, Percutaneous Approach";
    APPENDECTOMY = "0DTJ4ZZ" "Resection of Appendix, Percutaneous Endoscopic Approach";
    HIP_REPLACEMENT = "0SRR0J9" "Replacement of Right Hip Joint, Femoral Surface with Synthetic Substitute, Cemented, Open Approach";
    CHOLECYSTECTOMY = "0FT44ZZ" "Resection of Gallbladder, Percutaneous Endoscopic Approach";
    HIP_JOINT_REPLACEMENT = "0SR90J9" "Replacement of Right Hip Joint with Synthetic Substitute, Cemented, Open Approach";
    KNEE_REPLACEMENT = "0SRC0J9" "Replacement of Right Knee Joint with Synthetic Substitute, Cemented, Open Approach";
    TRANSFUSION = "30233N1" "Transfusion of Nonautologous Red Blood Cells into Peripheral Vein, Percutaneous Approach";
    THROMBOLYSIS = "3E03317" "Introduction of Other Thrombolytic into Peripheral Vein, Percutaneous Approach";
    DIALYSIS = "5A1D70Z" "Performance of Urinary Filtration, Intermittent, Less than 6 Hours Per Day";
    DELIVERY = "10E0XZZ" "Delivery of Products of Conception, External Approach";
});

table!(
    /// Vital signs, social history and survey scores, LOINC.
    vital, super::LOINC, {
    BLOOD_PRESSURE = "85354-9" "Blood pressure panel with all children optional";
    SYSTOLIC = "8480-6" "Systolic blood pressure";
    DIASTOLIC = "8462-4" "Diastolic blood pressure";
    HEART_RATE = "8867-4" "Heart rate";
    TEMPERATURE = "8310-5" "Body temperature";
    RESPIRATORY_RATE = "9279-1" "Respiratory rate";
    PULSE_OXIMETRY = "59408-5" "Oxygen saturation in Arterial blood by Pulse oximetry";
    OXYGEN_SATURATION = "2708-6" "Oxygen saturation in Arterial blood";
    WEIGHT = "29463-7" "Body weight";
    HEIGHT = "8302-2" "Body height";
    BODY_MASS_INDEX = "39156-5" "Body mass index (BMI) [Ratio]";
    SMOKING_STATUS = "72166-2" "Tobacco smoking status";
    PHQ9 = "44261-6" "Patient Health Questionnaire 9 item (PHQ-9) total score [Reported]";
    APGAR_1 = "9272-6" "1 minute Apgar Score";
    APGAR_5 = "9274-2" "5 minute Apgar Score";
});

table!(
    /// Answers to the smoking status question, LOINC answer list LL2201-3.
    smoking, super::LOINC, {
    EVERY_DAY = "LA18976-3" "Current every day smoker";
    FORMER = "LA15920-4" "Former smoker";
    NEVER = "LA18978-9" "Never smoker";
});

table!(
    /// Laboratory tests, LOINC.
    test, super::LOINC, {
    SODIUM = "2951-2" "Sodium [Moles/volume] in Serum or Plasma";
    POTASSIUM = "2823-3" "Potassium [Moles/volume] in Serum or Plasma";
    CHLORIDE = "2075-0" "Chloride [Moles/volume] in Serum or Plasma";
    CARBON_DIOXIDE = "2028-9" "Carbon dioxide, total [Moles/volume] in Serum or Plasma";
    UREA_NITROGEN = "3094-0" "Urea nitrogen [Mass/volume] in Serum or Plasma";
    CREATININE = "2160-0" "Creatinine [Mass/volume] in Serum or Plasma";
    GLUCOSE = "2345-7" "Glucose [Mass/volume] in Serum or Plasma";
    CALCIUM = "17861-6" "Calcium [Mass/volume] in Serum or Plasma";
    HEMOGLOBIN = "718-7" "Hemoglobin [Mass/volume] in Blood";
    LEUKOCYTES = "6690-2" "Leukocytes [#/volume] in Blood by Automated count";
    PLATELETS = "777-3" "Platelets [#/volume] in Blood by Automated count";
    CHOLESTEROL = "2093-3" "Cholesterol [Mass/volume] in Serum or Plasma";
    HDL = "2085-9" "Cholesterol in HDL [Mass/volume] in Serum or Plasma";
    LDL = "13457-7" "Cholesterol in LDL [Mass/volume] in Serum or Plasma by calculation";
    TRIGLYCERIDE = "2571-8" "Triglyceride [Mass/volume] in Serum or Plasma";
    HEMOGLOBIN_A1C = "4548-4" "Hemoglobin A1c/Hemoglobin.total in Blood";
    URINE_ALBUMIN = "14959-1" "Microalbumin/Creatinine [Mass Ratio] in Urine";
    TROPONIN = "89579-7" "Troponin I.cardiac [Mass/volume] in Serum or Plasma by High sensitivity method";
    NT_PROBNP = "33762-6" "Natriuretic peptide.B prohormone N-Terminal [Mass/volume] in Serum or Plasma";
    LACTATE = "2524-7" "Lactate [Moles/volume] in Serum or Plasma";
    PROCALCITONIN = "33959-8" "Procalcitonin [Mass/volume] in Serum or Plasma";
    INR = "6301-6" "INR in Platelet poor plasma by Coagulation assay";
    ARTERIAL_PH = "2744-1" "pH of Arterial blood";
    ARTERIAL_CARBON_DIOXIDE = "2019-8" "Carbon dioxide [Partial pressure] in Arterial blood";
    ARTERIAL_OXYGEN = "2703-7" "Oxygen [Partial pressure] in Arterial blood";
    BILIRUBIN = "1975-2" "Bilirubin.total [Mass/volume] in Serum or Plasma";
    ALANINE_AMINOTRANSFERASE = "1742-6" "Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma";
    D_DIMER = "48065-7" "Fibrin D-dimer FEU [Mass/volume] in Platelet poor plasma";
    ABO_GROUP = "883-9" "ABO group [Type] in Blood";
    RH_TYPE = "10331-7" "Rh [Type] in Blood";
    LEUKOCYTE_ESTERASE = "5799-2" "Leukocyte esterase [Presence] in Urine by Test strip";
    BLOOD_CULTURE = "600-7" "Bacteria identified in Blood by Culture";
    URINE_CULTURE = "630-4" "Bacteria identified in Urine by Culture";
});

table!(
    /// Reports and panels, LOINC.
    report, super::LOINC, {
    BASIC_METABOLIC = "24321-2" "Basic metabolic 2000 panel - Serum or Plasma";
    BLOOD_COUNT = "58410-2" "CBC panel - Blood by Automated count";
    LIPIDS = "24331-1" "Lipid 1996 panel - Serum or Plasma";
    CHEST_XRAY = "36643-5" "XR Chest 2 Views";
    ECG = "11524-6" "EKG study";
    PORTABLE_CHEST_XRAY = "30746-2" "Portable XR Chest Views";
    CHEST_CT = "24627-2" "CT Chest";
    HEAD_CT = "30799-1" "CT Head WO contrast";
    ABDOMEN_ULTRASOUND = "24558-9" "US Abdomen";
    BRAIN_MR = "24590-2" "MR Brain";
});

table!(
    /// Clinical notes, LOINC.
    note, super::LOINC, {
    NOTE = "34109-9" "Note";
    PROGRESS = "11506-3" "Progress note";
    HISTORY_AND_PHYSICAL = "34117-2" "History and physical note";
    DISCHARGE_SUMMARY = "18842-5" "Discharge summary";
    NURSE = "34746-8" "Nurse Note";
});

table!(
    /// Drugs as ordered, RxNorm.
    drug, super::RXNORM, {
    LISINOPRIL = "314076" "lisinopril 10 MG Oral Tablet";
    HYDROCHLOROTHIAZIDE = "310798" "hydrochlorothiazide 25 MG Oral Tablet";
    AMLODIPINE = "197361" "amlodipine 5 MG Oral Tablet";
    METFORMIN = "860975" "24 HR metformin hydrochloride 500 MG Extended Release Oral Tablet";
    ATORVASTATIN = "259255" "atorvastatin 80 MG Oral Tablet";
    ASPIRIN = "243670" "aspirin 81 MG Oral Tablet";
    CLOPIDOGREL = "309362" "clopidogrel 75 MG Oral Tablet";
    METOPROLOL = "866924" "metoprolol tartrate 25 MG Oral Tablet";
    FUROSEMIDE = "313988" "furosemide 40 MG Oral Tablet";
    ALBUTEROL = "745679" "200 ACTUAT albuterol 0.09 MG/ACTUAT Metered Dose Inhaler";
    PREDNISONE = "312615" "prednisone 20 MG Oral Tablet";
    AZITHROMYCIN = "308460" "azithromycin 250 MG Oral Tablet";
    AMOXICILLIN = "308191" "amoxicillin 500 MG Oral Capsule";
    CIPROFLOXACIN = "309309" "ciprofloxacin 500 MG Oral Tablet";
    PIPERACILLIN = "1659131" "piperacillin 2000 MG / tazobactam 250 MG Injection";
    SERTRALINE = "312941" "sertraline 50 MG Oral Tablet";
    ACETAMINOPHEN = "313782" "acetaminophen 325 MG Oral Tablet";
    IBUPROFEN = "310965" "ibuprofen 200 MG Oral Tablet";
    NAPROXEN = "198014" "naproxen 500 MG Oral Tablet";
    POTASSIUM_CHLORIDE = "1801294" "potassium chloride 20 MEQ Extended Release Oral Tablet";
    CEFTRIAXONE = "1665021" "ceftriaxone 1000 MG Injection";
    VANCOMYCIN = "1807510" "150 ML vancomycin 5 MG/ML Injection";
    ENOXAPARIN = "854235" "0.4 ML enoxaparin sodium 100 MG/ML Prefilled Syringe";
    ONDANSETRON = "198052" "ondansetron 4 MG Oral Tablet";
    WARFARIN = "855332" "warfarin sodium 5 MG Oral Tablet";
    INSULIN = "311034" "insulin, regular, human 100 UNT/ML Injectable Solution";
    LORAZEPAM = "197901" "lorazepam 1 MG Oral Tablet";
    PANTOPRAZOLE = "314200" "pantoprazole 40 MG Delayed Release Oral Tablet";
    SULFAMETHOXAZOLE = "198335" "sulfamethoxazole 800 MG / trimethoprim 160 MG Oral Tablet";
});

table!(
    /// Substances people are allergic to, RxNorm ingredients.
    substance, super::RXNORM, {
    PENICILLIN = "7980" "penicillin G";
    AMOXICILLIN = "723" "amoxicillin";
    SULFAMETHOXAZOLE = "10180" "sulfamethoxazole";
    ASPIRIN = "1191" "aspirin";
    IBUPROFEN = "5640" "ibuprofen";
    CODEINE = "2670" "codeine";
    MORPHINE = "7052" "morphine";
});

table!(
    /// Vaccines, CVX.
    vaccine, super::CVX, {
    MMR = "03" "MMR";
    HEPATITIS_B_CHILD = "08" "Hep B, adolescent or pediatric";
    POLIO = "10" "IPV";
    DTAP = "20" "DTaP";
    VARICELLA = "21" "varicella";
    HIB = "49" "Hib (PRP-OMP)";
    HEPATITIS_A_CHILD = "83" "Hep A, ped/adol, 2 dose";
    MENINGOCOCCAL = "114" "meningococcal MCV4P";
    TDAP = "115" "Tdap";
    ROTAVIRUS = "119" "rotavirus, monovalent";
    PNEUMOCOCCAL = "133" "Pneumococcal conjugate PCV 13";
    INFLUENZA = "140" "Influenza, split virus, trivalent, PF";
    HPV = "165" "HPV9";
    ZOSTER = "187" "zoster recombinant";
    COVID = "208" "COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose";
});

table!(
    /// Kinds of encounter, our own.
    visit, super::ENCOUNTER_TYPE, {
    WELLNESS = "wellness" "Wellness visit";
    FOLLOW_UP = "follow-up" "Follow-up visit";
    SICK_VISIT = "sick-visit" "Sick visit";
    PRENATAL = "prenatal" "Prenatal visit";
    EMERGENCY = "emergency" "Emergency department visit";
    INPATIENT = "inpatient" "Inpatient stay";
});

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const TABLES: &[&[Code]] = &[
        diagnosis::ALL,
        procedure::ALL,
        vital::ALL,
        smoking::ALL,
        test::ALL,
        report::ALL,
        note::ALL,
        drug::ALL,
        substance::ALL,
        vaccine::ALL,
        visit::ALL,
    ];

    #[test]
    fn no_concept_needs_escaping() {
        for code in TABLES.iter().copied().flatten() {
            for text in [code.system, code.code, code.display] {
                assert_eq!(serde_json::to_string(text).unwrap(), format!("\"{text}\""));
            }
        }
    }

    #[test]
    fn no_code_is_listed_twice() {
        let all: Vec<_> = TABLES.iter().copied().flatten().collect();
        let distinct: BTreeSet<_> = all.iter().map(|code| (code.system, code.code)).collect();
        assert_eq!(all.len(), distinct.len());
    }

    #[test]
    fn loinc_check_digits_hold() {
        let tables = [vital::ALL, test::ALL, report::ALL, note::ALL];
        for code in tables.iter().copied().flatten() {
            let (number, check) = code.code.split_once('-').unwrap();
            assert_eq!(mod10(number), check, "{}", code.code);
        }
    }

    /// The Luhn digit, as LOINC uses it.
    fn mod10(number: &str) -> String {
        let sum: u32 = number
            .bytes()
            .rev()
            .enumerate()
            .map(|(place, digit)| {
                let value = u32::from(digit - b'0') * if place % 2 == 0 { 2 } else { 1 };
                value / 10 + value % 10
            })
            .sum();
        ((10 - sum % 10) % 10).to_string()
    }
}
