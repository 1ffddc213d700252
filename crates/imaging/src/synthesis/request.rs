use std::collections::BTreeSet;

use super::kind::{Finding, Kind};
use super::place::Place;

/// Whose pictures they are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Patient {
    /// The number in this hospital.
    pub id: String,
    /// As `Family^Given^Middle`.
    pub name: String,
    /// `YYYYMMDD`, or empty.
    pub birth_date: String,
    /// `M`, `F`, `O`, or empty.
    pub sex: String,
}

/// Everything that a study is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyRequest {
    /// Where chance comes from.
    pub seed: u64,
    /// The study's UID. Series and objects get theirs from it.
    pub study: String,
    /// The number of the order.
    pub accession: String,
    /// Whose pictures they are.
    pub patient: Patient,
    /// What is drawn.
    pub kind: Kind,
    /// What is to be seen.
    pub findings: BTreeSet<Finding>,
    /// Where.
    pub place: Place,
    /// What the examination is called.
    pub description: String,
    /// When: `YYYYMMDD` and `HHMMSS`, in the hospital's own time.
    pub performed: (String, String),
    /// Who ordered it, as `Family^Given`.
    pub referring: String,
    /// The hospital.
    pub institution: String,
}

/// What is to be seen, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'a> {
    findings: &'a BTreeSet<Finding>,
    pub(super) place: Place,
}

impl Seen<'_> {
    pub(super) fn has(self, finding: Finding) -> bool {
        self.findings.contains(&finding)
    }
}

impl StudyRequest {
    /// What is to be seen, and where.
    pub(super) fn seen(&self) -> Seen<'_> {
        Seen { findings: &self.findings, place: self.place }
    }
}
