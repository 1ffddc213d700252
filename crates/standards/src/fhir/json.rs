//! FHIR json.
