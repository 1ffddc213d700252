//! Doses and decisions.
