//! Staff and devices of which there are a few, and the lines in front of them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::calendar::{HOUR_US, MINUTE_US};
use crate::codes::{Code, report};

/// What there is only so much of, besides beds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resource {
    /// Nurses who see newcomers first.
    Triage,
    /// Computed tomography, two scanners.
    Tomography,
    /// Magnetic resonance, one.
    Resonance,
    /// Plain film, four rooms.
    Film,
    /// Ultrasound, three.
    Ultrasound,
    /// Analysers of the laboratory.
    Analyser,
    /// Operating rooms, eight.
    Theatre,
}

impl Resource {
    /// Every one, with how many there are.
    const ALL: [(Self, usize); 7] = [
        (Self::Triage, 3),
        (Self::Tomography, 2),
        (Self::Resonance, 1),
        (Self::Film, 4),
        (Self::Ultrasound, 3),
        (Self::Analyser, 6),
        (Self::Theatre, 8),
    ];

    /// The device a study needs, and how long it is held.
    pub(crate) fn of_study(code: &Code) -> Option<(Self, i64)> {
        let minutes = |resource, minutes| Some((resource, minutes * MINUTE_US));
        match code {
            code if [report::CHEST_CT, report::HEAD_CT].contains(code) => minutes(Self::Tomography, 20),
            code if *code == report::BRAIN_MR => minutes(Self::Resonance, 45),
            code if *code == report::ABDOMEN_ULTRASOUND => minutes(Self::Ultrasound, 25),
            code if *code == report::ECG => None,
            code if code.display.starts_with("CT ") => minutes(Self::Tomography, 20),
            _ => minutes(Self::Film, 12),
        }
    }
}

/// When each of them is free again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Benches {
    free_us: BTreeMap<Resource, Vec<i64>>,
}

impl Default for Benches {
    fn default() -> Self {
        let free_us =
            Resource::ALL.iter().map(|(resource, count)| (*resource, vec![i64::MIN; *count])).collect();
        Self { free_us }
    }
}

impl Benches {
    /// Holds the first that is free from an instant on, and gives when that is. Whoever asks first is served first.
    pub(crate) fn book(&mut self, resource: Resource, from_us: i64, takes_us: i64) -> i64 {
        let soonest = self.free_us.get_mut(&resource).and_then(|free| free.iter_mut().min());
        match soonest {
            Some(free_us) => {
                let start_us = from_us.max(*free_us);
                *free_us = start_us + takes_us;
                start_us
            }
            // All are out of order: somebody comes with a spare one by tomorrow.
            None => from_us + 24 * HOUR_US,
        }
    }

    /// Sets how many there are; those added are free at once.
    pub(crate) fn resize(&mut self, resource: Resource, count: usize) {
        let free = self.free_us.entry(resource).or_default();
        free.sort_unstable();
        free.resize(count, i64::MIN);
    }
}
