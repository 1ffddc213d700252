//! Playing a roster beside today's.

use ::flow::simulate::{Estimate, Replications, Report, Window, replicate};
use serde::Serialize;

use super::FlowTrouble;
use super::plan::{Overview, Rota};
use crate::access::Access;
use crate::platform::Platform;

/// How often a week is played.
const REPLICATIONS: u32 = 20;
/// A week before, so that the wards are as full as they become.
pub(super) const WEEK: Window = Window { warmup_weeks: 1, weeks: 1 };

/// One figure of both rosters, with intervals of 95 %.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figure {
    /// What it is, such as `wait-median`.
    pub name: &'static str,
    /// The same in words.
    pub title: &'static str,
    /// What it is counted in: `minutes`, `share`, `hours` or `patients`.
    pub unit: &'static str,
    /// Of the plan, if there is one.
    pub plan: Option<Estimate>,
    /// Of today's roster.
    pub today: Option<Estimate>,
    /// The plan's less today's, patient by patient the same weeks.
    pub difference: Option<Estimate>,
}

/// What was played.
#[derive(Debug, Clone, Serialize)]
pub struct Played {
    /// How many weeks.
    pub weeks: u32,
    /// The figures.
    pub figures: Vec<Figure>,
    /// How many waited on average in each hour of the week, under the plan.
    pub queue_plan: Vec<f64>,
    /// The same under today's roster.
    pub queue_today: Vec<f64>,
}

type Reading = fn(&Report) -> Option<f64>;

/// What is told of a week.
const FIGURES: [(&str, &str, &str, Reading); 11] = [
    ("over-target", "Not seen within their level's target", "share", |report| Some(report.all.over_target)),
    ("left-unseen", "Gone home unseen", "share", |report| Some(report.left_unseen_share)),
    ("wait-median", "Wait for the provider, median", "minutes", |report| report.all.wait_median_minutes),
    ("wait-p90", "Wait, nine in ten no longer", "minutes", |report| report.all.wait_p90_minutes),
    ("wait-p90-level-2", "Wait at level 2, nine in ten no longer", "minutes", |report| {
        report.levels[1].wait_p90_minutes
    }),
    ("wait-p90-level-3", "Wait at level 3, nine in ten no longer", "minutes", |report| {
        report.levels[2].wait_p90_minutes
    }),
    ("stay-median", "Stay in the department, median", "minutes", |report| report.stay_median_minutes),
    ("stay-p90", "Stay, nine in ten no longer", "minutes", |report| report.stay_p90_minutes),
    ("boarding", "Waiting for a bed, all together in a week", "hours", |report| {
        Some(report.boarding_hours_per_week)
    }),
    ("provider-use", "Providers at work with a patient", "share", |report| Some(report.provider_utilisation)),
    ("room-use", "Rooms in use", "share", |report| Some(report.room_utilisation)),
];

impl Platform {
    /// Plays the saved roster and today's over the same weeks of patients. The same seed gives the same weeks.
    ///
    /// # Errors
    /// When no roster is saved, or as [`Platform::flow`].
    pub fn play_flow(&self, access: &Access, seed: u64) -> Result<Played, FlowTrouble> {
        let Overview { emergency, today, plan } = self.flow(access)?;
        let plan = plan.ok_or(FlowTrouble::NoPlan)?;
        let play = |rota: &Rota| {
            replicate(&emergency.department, &emergency.staffing(rota), WEEK, seed, REPLICATIONS)
        };
        let (plan, today) = (play(&plan)?, play(&today)?);
        let figure =
            |(name, title, unit, reading): (&'static str, &'static str, &'static str, Reading)| Figure {
                name,
                title,
                unit,
                plan: plan.estimate(reading),
                today: today.estimate(reading),
                difference: plan.beside(&today, reading),
            };
        Ok(Played {
            weeks: REPLICATIONS,
            figures: FIGURES.into_iter().map(figure).collect(),
            queue_plan: queue(&plan),
            queue_today: queue(&today),
        })
    }
}

fn queue(played: &Replications) -> Vec<f64> {
    let count = played.reports.len() as f64;
    let mean =
        |hour: usize| played.reports.iter().map(|report| report.queue_by_hour[hour]).sum::<f64>() / count;
    (0..::flow::HOURS).map(mean).collect()
}
