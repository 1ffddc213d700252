/// What patients consent to, one bit each: who they are, their results, their medication, and everything else.
const DEMOGRAPHICS: u32 = 1;
const RESULTS: u32 = 2;
const MEDICATION: u32 = 4;
const CARE: u32 = 8;

/// The bit of a consent that lets resources of this type be read.
pub fn scope_of(kind: &str) -> u32 {
    match kind {
        "Patient" | "RelatedPerson" => DEMOGRAPHICS,
        "Observation" | "DiagnosticReport" | "Specimen" | "ImagingStudy" => RESULTS,
        _ if kind.starts_with("Medication") => MEDICATION,
        _ => CARE,
    }
}
