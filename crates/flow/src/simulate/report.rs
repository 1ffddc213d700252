use serde::{Deserialize, Serialize};

use super::{Department, LEVELS, Patient};
use crate::HOURS;
use crate::quantile::quantile;

/// One patient's way through the department.
#[derive(Debug, Clone, Copy)]
pub(super) struct Visit {
    pub(super) patient: Patient,
    pub(super) seen_us: Option<u64>,
    /// When they went home unseen.
    pub(super) left_us: Option<u64>,
    pub(super) is_tested: bool,
    pub(super) boards_us: Option<u64>,
    /// When they left the department after they were seen.
    pub(super) gone_us: Option<u64>,
}

impl Visit {
    pub(super) fn new(patient: Patient) -> Self {
        Self { patient, seen_us: None, left_us: None, is_tested: false, boards_us: None, gone_us: None }
    }
}

/// Time added up while the measured weeks were played.
pub(super) struct Meters {
    pub(super) waiting_us: Vec<u64>,
    pub(super) triage: Used,
    pub(super) providers: Used,
    pub(super) rooms: Used,
    pub(super) beds: Used,
    pub(super) events: u64,
}

/// Time that something was used, and there to be used.
#[derive(Default)]
pub(super) struct Used {
    pub(super) busy_us: u64,
    pub(super) staffed_us: u64,
}

impl Meters {
    pub(super) fn new() -> Self {
        Self {
            waiting_us: vec![0; HOURS],
            triage: Used::default(),
            providers: Used::default(),
            rooms: Used::default(),
            beds: Used::default(),
            events: 0,
        }
    }
}

/// What patients of one level met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LevelReport {
    /// How many came.
    pub arrived: u64,
    /// How many went home unseen.
    pub left_unseen: u64,
    /// From arrival to the provider, of those who were seen; nothing if nobody was.
    pub wait_mean_minutes: Option<f64>,
    /// Half of them waited no longer.
    pub wait_median_minutes: Option<f64>,
    /// Nine in ten of them waited no longer.
    pub wait_p90_minutes: Option<f64>,
    /// Of all who came, the share that no provider saw within the level's target: who goes home unseen is among them.
    pub over_target: f64,
}

/// What a played time was like.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// By level, 1 first.
    pub levels: Vec<LevelReport>,
    /// All levels together, each held against its own target.
    pub all: LevelReport,
    /// From arrival until the patient left the department, of those who were seen and did.
    pub stay_median_minutes: Option<f64>,
    /// Nine in ten stayed no longer.
    pub stay_p90_minutes: Option<f64>,
    /// Of all who came, the share that went home unseen.
    pub left_unseen_share: f64,
    /// Hours that admitted patients waited in the department for a bed, all together, a week.
    pub boarding_hours_per_week: f64,
    /// Hours that everybody waited for the provider, all together, a week.
    pub waiting_hours_per_week: f64,
    /// Nurses at triage: time at work over time there. Who ends a patient after the shift can bring it above 1.
    pub triage_utilisation: f64,
    /// Providers.
    pub provider_utilisation: f64,
    /// Rooms.
    pub room_utilisation: f64,
    /// Beds.
    pub bed_utilisation: f64,
    /// How many waited for the provider on average, for each hour of the week.
    pub queue_by_hour: Vec<f64>,
    /// Events played, those before the measured time included.
    pub events: u64,
}

/// Adds up those who came between two times. Who is still there at `end_us` has waited until then.
pub(super) fn report(
    visits: &[Visit],
    meters: &Meters,
    (from_us, until_us): (u64, u64),
    department: &Department,
    end_us: u64,
) -> Report {
    let begin = visits.partition_point(|visit| visit.patient.arrived_us < from_us);
    let end = visits.partition_point(|visit| visit.patient.arrived_us < until_us);
    let visits = &visits[begin..end];
    let weeks = (until_us - from_us) as f64 / (HOURS as f64 * 3.6e9);
    let mut levels: Vec<Tally> = (0..LEVELS).map(|_| Tally::default()).collect();
    let (mut all, mut stays) = (Tally::default(), Vec::new());
    let (mut boarding_us, mut waiting_us) = (0_u64, 0_u64);
    for visit in visits {
        let arrived_us = visit.patient.arrived_us;
        let target_us = department.levels[visit.patient.level].target_minutes * 60e6;
        for tally in [&mut levels[visit.patient.level], &mut all] {
            tally.add(visit, target_us);
        }
        let waits_until_us = visit.seen_us.or(visit.left_us).unwrap_or(end_us);
        waiting_us += waits_until_us - arrived_us;
        stays.extend(visit.gone_us.map(|gone_us| minutes(gone_us - arrived_us)));
        boarding_us += visit.boards_us.map_or(0, |boards_us| visit.gone_us.unwrap_or(end_us) - boards_us);
    }
    stays.sort_by(f64::total_cmp);
    let hours_us = weeks * 3.6e9;
    let all = all.report();
    Report {
        levels: levels.into_iter().map(Tally::report).collect(),
        stay_median_minutes: quantile(&stays, 0.5),
        stay_p90_minutes: quantile(&stays, 0.9),
        left_unseen_share: share(all.left_unseen, all.arrived),
        all,
        boarding_hours_per_week: boarding_us as f64 / hours_us,
        waiting_hours_per_week: waiting_us as f64 / hours_us,
        triage_utilisation: meters.triage.share(),
        provider_utilisation: meters.providers.share(),
        room_utilisation: meters.rooms.share(),
        bed_utilisation: meters.beds.share(),
        queue_by_hour: meters.waiting_us.iter().map(|waited_us| *waited_us as f64 / hours_us).collect(),
        events: meters.events,
    }
}

#[derive(Default)]
struct Tally {
    arrived: u64,
    left_unseen: u64,
    in_time: u64,
    waits: Vec<f64>,
}

impl Tally {
    fn add(&mut self, visit: &Visit, target_us: f64) {
        self.arrived += 1;
        self.left_unseen += u64::from(visit.left_us.is_some());
        if let Some(seen_us) = visit.seen_us {
            let wait_us = seen_us - visit.patient.arrived_us;
            self.in_time += u64::from(wait_us as f64 <= target_us);
            self.waits.push(minutes(wait_us));
        }
    }

    fn report(mut self) -> LevelReport {
        self.waits.sort_by(f64::total_cmp);
        let waits = &self.waits;
        let mean = waits.iter().sum::<f64>() / waits.len() as f64;
        LevelReport {
            arrived: self.arrived,
            left_unseen: self.left_unseen,
            wait_mean_minutes: (!waits.is_empty()).then_some(mean),
            wait_median_minutes: quantile(waits, 0.5),
            wait_p90_minutes: quantile(waits, 0.9),
            over_target: share(self.arrived - self.in_time, self.arrived),
        }
    }
}

impl Used {
    fn share(&self) -> f64 {
        share(self.busy_us, self.staffed_us)
    }
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn minutes(us: u64) -> f64 {
    us as f64 / 60e6
}
