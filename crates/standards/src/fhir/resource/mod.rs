//! FHIR resource.
