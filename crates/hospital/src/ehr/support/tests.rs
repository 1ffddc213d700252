//! What rules may know.
