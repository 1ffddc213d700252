use serde::{Deserialize, Serialize};

use crate::model::{Objective, Scenario};
use crate::run::{MINUTE_US, Run};

/// What came of a drill.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// Points of a hundred.
    pub points: u32,
    /// Whether it is passed.
    pub passed: bool,
    /// Each objective.
    pub objectives: Vec<Standing>,
    /// What came true and must never: slugs.
    pub breached: Vec<String>,
    /// Harm to care.
    pub care: f64,
    /// When it was known, contained and mended.
    pub course: Course,
}

/// In which minute of a drill each milestone was reached; nothing for one that was not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Somebody knew what it is.
    pub detected_min: Option<i64>,
    /// It did no more harm.
    pub contained_min: Option<i64>,
    /// All was as before.
    pub restored_min: Option<i64>,
}

/// How an objective stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Its slug.
    pub id: String,
    /// In which minute it was reached.
    pub minute: Option<i64>,
    /// Whether that was in time.
    pub in_time: bool,
    /// Its points, got or not.
    pub points: u32,
}

/// The score of a drill as it stands. A drill that is not over has not been passed.
#[must_use]
pub fn score(scenario: &Scenario, run: &Run) -> Score {
    let standing = |objective: &Objective| {
        let minute = run.met.get(&objective.id).map(|at_us| (at_us - run.begun_us) / MINUTE_US);
        let in_time =
            minute.is_some_and(|at| objective.within_min.is_none_or(|within| at <= i64::from(within)));
        Standing { id: objective.id.clone(), minute, in_time, points: objective.points }
    };
    let objectives: Vec<Standing> = scenario.objectives.iter().map(standing).collect();
    let points = objectives.iter().filter(|one| one.in_time).map(|one| one.points).sum();
    let is_missed =
        |objective: &Objective| objectives.iter().any(|one| one.id == objective.id && !one.in_time);
    let missed_must = scenario.objectives.iter().any(|objective| objective.must && is_missed(objective));
    let breached: Vec<String> = run.breached.keys().cloned().collect();
    let passed = run.ended_us.is_some() && !missed_must && breached.is_empty() && points >= scenario.pass;
    let minute = |at_us: Option<i64>| at_us.map(|at_us| (at_us - run.begun_us) / MINUTE_US);
    let course = Course {
        detected_min: minute(run.reached.detected_us),
        contained_min: minute(run.reached.contained_us),
        restored_min: minute(run.reached.restored_us),
    };
    Score { points, passed, objectives, breached, care: run.care(scenario), course }
}
