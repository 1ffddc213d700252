use serde::Serialize;
use training::lab::Lab;
use training::problem::Problem;
use training::proof::{Finding, Proof, prove};

use super::error::LabError;
use super::hands::Hands;
use super::player::LabPlayer;
use crate::clock::Clock;
use crate::platform::Platform;

/// What the proof of one lab found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LabReport {
    /// The lab.
    pub id: String,
    /// Its variants, each of which was proven.
    pub variants: Vec<String>,
    /// Everything that does not hold; empty when the lab may ship.
    pub findings: Vec<Finding>,
}

/// What the proof of some labs found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Each lab.
    pub labs: Vec<LabReport>,
    /// Mistakes in files that belong to no single lab, such as tracks, and in labs that could not be read at all.
    pub others: Vec<Problem>,
}

impl Report {
    /// Whether everything holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.others.is_empty() && self.labs.iter().all(|lab| lab.findings.is_empty())
    }
}

/// Proves labs in every variant: those named, or all when none is. `problems` are those met when the content was read;
/// they stand beside what playing found.
///
/// # Errors
/// [`LabError::NoSuchLab`] for a name that no lab has.
pub fn verify(
    platform: &Platform,
    hands: &dyn Hands,
    stopwatch: &dyn Clock,
    labs: &[String],
    problems: &[Problem],
) -> Result<Report, LabError> {
    let catalogue = platform.catalogue();
    // A lab too broken to be read is in no catalogue; its problems must not go with it.
    let is_unread = |problem: &Problem| lab_of(problem).is_none_or(|id| catalogue.lab(id).is_none());
    let lab_named = |id: &String| match catalogue.lab(id) {
        Some(lab) => Ok(Some(lab)),
        None if problems.iter().any(|problem| lab_of(problem) == Some(id)) => Ok(None),
        None => Err(LabError::NoSuchLab(id.clone())),
    };
    let wanted: Vec<&Lab> = match labs {
        [] => catalogue.labs.iter().collect(),
        named => named.iter().filter_map(|id| lab_named(id).transpose()).collect::<Result<_, _>>()?,
    };
    let mut player = LabPlayer::new(platform, hands, stopwatch);
    let report = |lab: &&Lab| {
        let mistakes = problems.iter().filter(|problem| lab_of(problem) == Some(lab.id.as_str()));
        let mistakes = mistakes.map(|problem| Finding {
            proof: Proof::WellFormed,
            variant: None,
            problem: problem.clone(),
        });
        let mut findings: Vec<Finding> = mistakes.collect();
        findings.extend(prove(lab, &mut player));
        let variants = lab.variants.iter().map(|variant| variant.id.clone()).collect();
        LabReport { id: lab.id.clone(), variants, findings }
    };
    let reports = wanted.iter().map(report).collect();
    let others = problems.iter().filter(|problem| is_unread(problem)).cloned().collect();
    Ok(Report { labs: reports, others })
}

/// The lab whose file a problem is in.
fn lab_of(problem: &Problem) -> Option<&str> {
    problem.place.file.strip_prefix("labs/")?.split('/').next()
}
