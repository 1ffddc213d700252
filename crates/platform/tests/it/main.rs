//! Use cases as callers see them: over a real store in a temporary folder.

mod ehr;
