use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde::Serialize;
use training::lab::Lab;
use training::problem::Problem;
use training::proof::{Finding, Proof, Speed, prove};

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

/// Proves labs in every variant: those named, or all when none is.
///
/// `problems` are those met when the content was read; they stand beside what playing found. Labs that are not timed are proven
/// side by side, one on each processor: every attempt has a hospital of its own, so that none meets another. Labs that are timed
/// are proven one after another. `told` hears how many are done, of how many.
///
/// # Errors
/// [`LabError::NoSuchLab`] for a name that no lab has.
pub fn verify(
    platform: &Platform,
    hands: &dyn Hands,
    stopwatch: &dyn Clock,
    labs: &[String],
    problems: &[Problem],
    speed: Speed,
    told: &(dyn Fn(usize, usize) + Sync),
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
    let report = |lab: &Lab, player: &mut LabPlayer<'_>| {
        let mistakes = problems.iter().filter(|problem| lab_of(problem) == Some(lab.id.as_str()));
        let mistakes = mistakes.map(|problem| Finding {
            proof: Proof::WellFormed,
            variant: None,
            problem: problem.clone(),
        });
        let mut findings: Vec<Finding> = mistakes.collect();
        findings.extend(prove(lab, player, speed));
        let variants = lab.variants.iter().map(|variant| variant.id.clone()).collect();
        LabReport { id: lab.id.clone(), variants, findings }
    };
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let mut player = LabPlayer::new(platform, hands, stopwatch);
        let mut reports = Vec::new();
        let take = || {
            let place = next.fetch_add(1, Ordering::Relaxed);
            wanted.get(place).map(|lab| (place, *lab))
        };
        while let Some((place, lab)) = take() {
            reports.push((place, report(lab, &mut player)));
            told(done.fetch_add(1, Ordering::Relaxed) + 1, wanted.len());
        }
        reports
    };
    told(0, wanted.len());
    let mut reports = thread::scope(|scope| {
        let processors = match speed {
            Speed::Timed => 1,
            Speed::Untimed => thread::available_parallelism().map_or(1, usize::from),
        };
        let count = processors.min(wanted.len());
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        let proven =
            workers.into_iter().map(|worker| worker.join().unwrap_or_else(|panic| resume_unwind(panic)));
        proven.flatten().collect::<Vec<_>>()
    });
    reports.sort_by_key(|(place, _)| *place);
    let reports = reports.into_iter().map(|(_, report)| report).collect();
    let others = problems.iter().filter(|problem| is_unread(problem)).cloned().collect();
    Ok(Report { labs: reports, others })
}

/// The lab whose file a problem is in.
fn lab_of(problem: &Problem) -> Option<&str> {
    problem.place.file.strip_prefix("labs/")?.split('/').next()
}
