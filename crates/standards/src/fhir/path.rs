//! Evaluating FHIRPath expressions, seen from the side that needs it.
