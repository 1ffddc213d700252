//! Health-data standards as values: parse, print, check.
//!
//! Nothing here performs input or output, looks at a clock or rolls a die; time and bytes come in as
//! arguments, and findings go out as values. FHIR R4 lives in [`fhir`], HL7 version 2 in [`hl7`]; C-CDA and DICOM JSON
//! will stand beside it.

pub mod fhir;
pub mod hl7;
