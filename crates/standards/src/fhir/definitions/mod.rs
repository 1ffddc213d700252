//! FHIR definitions.
