//! Definitions that change.
