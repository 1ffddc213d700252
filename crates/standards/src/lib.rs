//! Health-data standards as values: parse, print, check.
//!
//! Nothing here performs input or output, looks at a clock or rolls a die; time and bytes come in as
//! arguments, and findings go out as values. FHIR R4 lives in [`fhir`]; HL7 v2 in [`hl7`], and [`v2_to_fhir`]
//! leads from one to the other; CDS Hooks in [`cds_hooks`]; C-CDA and DICOM JSON
//! will stand beside it.

pub mod cds_hooks;
pub mod fhir;
pub mod hl7;
pub mod v2_to_fhir;
