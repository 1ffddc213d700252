//! Who comes through the doors, and when.

use serde::{Deserialize, Serialize};

use super::LiveSettings;
use crate::calendar::{DAY_US, HOUR_US};
use crate::pathways::{Door, Library};
use crate::play::hours::ARRIVALS;
use crate::population::Person;
use crate::random::{Key, Stream};

/// The doors, and the newcomers who have come through them.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Doors {
    settings: LiveSettings,
    /// Percent of the usual arrivals.
    pub(super) percent: u16,
    /// The index of the next person without a chart.
    pub(super) next_newcomer: u32,
}

/// Somebody who comes.
pub(super) struct Visitor {
    pub(super) person: Person,
    pub(super) pathway: u16,
    pub(super) state: usize,
    pub(super) newcomer: bool,
}

/// How many people are looked at for one who fits.
const TRIES: usize = 60;

impl Doors {
    pub(super) fn new(settings: LiveSettings) -> Self {
        Self { settings, percent: 100, next_newcomer: settings.recipe.patients }
    }

    fn key(&self) -> Key {
        Key::new(self.settings.seed).name("live")
    }

    /// The arrivals of the hour that begins at an instant: each with its time and door.
    pub(super) fn hour(&self, hour_us: i64) -> Vec<(i64, Door)> {
        let mut stream = self.key().name("hour").number(hour_us.unsigned_abs()).stream();
        let hour = (hour_us.rem_euclid(DAY_US) / HOUR_US) as usize;
        let weekday = (hour_us.div_euclid(DAY_US) + 3).rem_euclid(7) < 5;
        let office = if weekday && (8..17).contains(&hour) { 1.0 / 9.0 } else { 0.0 };
        let shares = [
            (
                Door::Emergency,
                self.settings.emergency_per_day * ARRIVALS[hour] / ARRIVALS.iter().sum::<f64>(),
            ),
            // Most booked stays begin before noon; births come when they come.
            (
                Door::Planned,
                self.settings.planned_per_day * if (6..12).contains(&hour) { 0.12 } else { 0.28 / 18.0 },
            ),
            (Door::Clinic, self.settings.clinic_per_day * office),
        ];
        let mut coming = Vec::new();
        for (door, mean) in shares {
            for _ in 0..poisson(mean * f64::from(self.percent) / 100.0, &mut stream) {
                coming.push((hour_us + stream.between(0, HOUR_US - 1), door));
            }
        }
        coming
    }

    /// Who comes through a door at an instant; nobody if no pathway begins there or nobody fits.
    pub(super) fn visitor(
        &mut self,
        library: &Library,
        door: Door,
        at_us: i64,
        number: u64,
        is_away: impl Fn(&Person) -> bool,
    ) -> Option<Visitor> {
        let mut stream = self.key().name("visitor").number(number).stream();
        let options: Vec<(u16, f64)> = (0..)
            .zip(library.pathways())
            .filter_map(|(place, pathway)| Some((place, pathway.live.as_ref()?)))
            .filter(|(_, live)| live.door == door)
            .map(|(place, live)| (place, live.share))
            .collect();
        if options.is_empty() {
            return None;
        }
        let pathway = stream.weighted(&options, |option| option.1).0;
        let live = library.pathway(pathway).live.as_ref()?;
        let recipe = self.settings.recipe;
        let known = recipe.patients > 0 && (door == Door::Clinic || stream.chance(self.settings.known_share));
        for attempt in 0..TRIES {
            // Who has a chart and fits may all be in the house; then somebody new comes.
            let known = known && (door == Door::Clinic || attempt < TRIES / 2);
            let index = if known {
                stream.below(recipe.patients as usize) as u32
            } else {
                self.next_newcomer = self.next_newcomer.wrapping_add(1);
                self.next_newcomer - 1
            };
            let person = Person::draw(&recipe, index);
            let is_alive = person.deceased_us.is_none();
            let fits = live.who.holds(&person, recipe.as_of_us, at_us, 0, &[0.0; 4]);
            if is_alive && fits && is_away(&person) {
                return Some(Visitor { person, pathway, state: live.from, newcomer: !known });
            }
        }
        None
    }

    /// The index of a child that is born.
    pub(super) fn newborn(&mut self) -> u32 {
        self.next_newcomer = self.next_newcomer.wrapping_add(1);
        self.next_newcomer - 1
    }
}

/// A count of the Poisson law with a mean of up to some hundreds (Knuth), by the four basic operations alone.
fn poisson(mean: f64, stream: &mut Stream) -> u32 {
    let mut left = mean.clamp(0.0, 2000.0);
    let mut product = 1.0;
    let mut count = 0;
    loop {
        product *= stream.unit();
        // e to the power of -left in steps of 1, so that the product does not run out of digits.
        while product < 1.0 && left > 0.0 {
            let step = left.min(1.0);
            product *= exp_of_part(step);
            left -= step;
        }
        if product <= 1.0 && left <= 0.0 {
            return count;
        }
        count += 1;
    }
}

/// e to the power of a number from 0 to 1, by its series.
fn exp_of_part(x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..=18 {
        term *= x / f64::from(n);
        sum += term;
    }
    sum
}
