//! FHIR search: parameters, queries and what the store indexes.
