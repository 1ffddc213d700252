//! FHIR instant.
