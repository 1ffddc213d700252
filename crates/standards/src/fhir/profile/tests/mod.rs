//! Profiles written for the purpose, and the shipped ones.
