use std::path::PathBuf;

use crate::test::counts::Counts;

/// One row of the plan.
pub(crate) struct Step {
    /// What `--only` takes.
    pub(crate) name: &'static str,
    /// What the summary shows.
    pub(crate) title: &'static str,
    /// Steps that must have passed first; `--only` runs them too.
    pub(crate) needs: &'static [&'static str],
    /// Does the work.
    pub(crate) run: fn(&Place) -> anyhow::Result<Report>,
}

/// Where a step works.
pub(crate) struct Place {
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
    /// The file that takes the step's output.
    pub(crate) log: PathBuf,
    /// A folder of this run for data, shared by its steps and empty at the start.
    pub(crate) scratch: PathBuf,
}

impl Place {
    /// The program under test, as the build step leaves it.
    pub(crate) fn binary(&self) -> PathBuf {
        self.target.join("debug").join("practicum")
    }
}

/// How a step ended, and how many tests it counted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) outcome: Outcome,
    pub(crate) counts: Counts,
    /// The names of single tests that failed inside the step.
    pub(crate) failed: Vec<String>,
    /// Reasons of single tests that were skipped inside the step.
    pub(crate) skipped: Vec<String>,
    /// How public conformance suites inside the step went, in their own words.
    pub(crate) suites: Vec<String>,
}

/// How a step ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Everything that ran passed.
    Passed,
    /// Something failed; the text says what.
    Failed(String),
    /// It could not run here; the text says why.
    Skipped(String),
}

impl Report {
    /// One thing passed.
    pub(crate) fn passed() -> Self {
        Self {
            outcome: Outcome::Passed,
            counts: Counts::one_passed(),
            failed: Vec::new(),
            skipped: Vec::new(),
            suites: Vec::new(),
        }
    }

    /// One thing failed.
    pub(crate) fn failed(why: impl Into<String>) -> Self {
        Self {
            outcome: Outcome::Failed(why.into()),
            counts: Counts::one_failed(),
            failed: Vec::new(),
            skipped: Vec::new(),
            suites: Vec::new(),
        }
    }

    /// Both, in one step: what failed first is what is told.
    pub(crate) fn and(self, other: Self) -> Self {
        let Counts { passed, failed, skipped } = other.counts;
        let own = self.counts;
        let counts = Counts {
            passed: own.passed + passed,
            failed: own.failed + failed,
            skipped: own.skipped + skipped,
        };
        let outcome = if self.outcome == Outcome::Passed { other.outcome } else { self.outcome };
        let both = |own: Vec<String>, more: Vec<String>| own.into_iter().chain(more).collect();
        Self {
            outcome,
            counts,
            failed: both(self.failed, other.failed),
            skipped: both(self.skipped, other.skipped),
            suites: both(self.suites, other.suites),
        }
    }

    /// One thing could not run.
    pub(crate) fn skipped(why: impl Into<String>) -> Self {
        Self {
            outcome: Outcome::Skipped(why.into()),
            counts: Counts::one_skipped(),
            failed: Vec::new(),
            skipped: Vec::new(),
            suites: Vec::new(),
        }
    }
}
