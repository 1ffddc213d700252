//! A patient's past.

use std::collections::BTreeSet;

use super::{Handle, Happening, Out, Pause, Present, Queue, Scene, Walk};
use crate::calendar::{DAY_US, HOUR_US, YEAR_US};
use crate::pathways::{Door, Entry, Library, Pathway};
use crate::population::{Person, Unit};

/// How far back records go.
pub(crate) const HISTORY_YEARS: i64 = 8;

/// Records of people who died stay open this long.
pub(crate) const DEAD_KEPT_YEARS: i64 = 3;

/// What has happened to a patient.
pub(crate) struct Past {
    /// In the order of time.
    pub(crate) happenings: Vec<Happening>,
    /// They died in hospital.
    pub(crate) died_us: Option<i64>,
    /// The walk of somebody who is in the house now.
    pub(crate) present: Option<Walk>,
}

/// Plays a patient's past on every pathway, up to the instant the population is seen at.
///
/// A visit that would not be over by then has not happened, unless it is the one of the bed they lie in.
pub(crate) fn history(library: &Library, person: &Person, bedded: Option<Present>, as_of_us: i64) -> Past {
    let since_us = (as_of_us - HISTORY_YEARS * YEAR_US).max(person.born_us() + HOUR_US);
    let until_us = match (person.deceased_us, bedded) {
        (Some(us), _) => us - DAY_US,
        (None, Some(bedded)) => bedded.since_us - 3 * DAY_US,
        (None, None) => as_of_us - 12 * HOUR_US,
    };
    let mut play = Play {
        library,
        person,
        as_of_us,
        mortal_from_us: if bedded.is_some() {
            i64::MAX
        } else {
            as_of_us - DEAD_KEPT_YEARS * YEAR_US + DAY_US
        },
        walks: Vec::new(),
        queue: Queue::default(),
        out: Out::default(),
    };
    for (place, pathway) in (0..).zip(library.pathways()) {
        play.enter((place, pathway), since_us, until_us);
    }
    let died_us = play.run(until_us);
    let present = bedded.filter(|_| died_us.is_none()).and_then(|bedded| play.lie(bedded));
    let unfinished: BTreeSet<Handle> =
        play.walks.iter().filter_map(|walk| walk.open).map(|open| open.handle).collect();
    let limit_us = died_us.or(person.deceased_us).unwrap_or(as_of_us);
    let mut happenings = play.out.happenings;
    happenings.retain(|happening| happening.at_us <= limit_us && !unfinished.contains(&happening.visit));
    happenings.sort_by_key(|happening| happening.at_us);
    Past { happenings, died_us, present }
}

/// A past while it is played.
struct Play<'a> {
    library: &'a Library,
    person: &'a Person,
    as_of_us: i64,
    mortal_from_us: i64,
    walks: Vec<Walk>,
    queue: Queue<usize>,
    out: Out,
}

impl<'a> Play<'a> {
    fn scene(&self, pathway: u16) -> Scene<'a> {
        Scene {
            pathway: self.library.pathway(pathway),
            person: self.person,
            as_of_us: self.as_of_us,
            mortal_from_us: self.mortal_from_us,
            live: false,
        }
    }

    /// Sets the person on a pathway as often as they take it.
    fn enter(&mut self, pathway: (u16, &Pathway), since_us: i64, until_us: i64) {
        let person = self.person;
        match &pathway.1.entry {
            Entry::Always => self.begin(Walk::new(person, pathway, 0, 0, since_us)),
            Entry::Birth => {
                let at_us = person.born_us() + 6 * HOUR_US;
                if at_us > since_us {
                    self.begin(Walk::new(person, pathway, 0, 0, at_us));
                }
            }
            Entry::Condition(condition) => {
                if let Some(onset_us) = person.health.onset_us(*condition, self.as_of_us) {
                    let onset_us = onset_us.max(person.born_us());
                    self.begin(Walk::new(person, pathway, 0, 0, onset_us.max(since_us)).since(onset_us));
                }
            }
            Entry::Yearly { rest_us, once, .. } => {
                let mut over_us = i64::MIN;
                for (year, at_us) in yearly(person, pathway.1, self.as_of_us) {
                    if at_us > over_us && at_us > since_us && at_us < until_us {
                        self.begin(Walk::new(person, pathway, year, 0, at_us));
                        over_us = if *once { i64::MAX } else { at_us + rest_us };
                    }
                }
            }
        }
    }

    fn begin(&mut self, walk: Walk) {
        self.queue.push(walk.now_us, self.walks.len());
        self.walks.push(walk);
    }

    /// Lets everybody's time pass; gives the time of death.
    fn run(&mut self, until_us: i64) -> Option<i64> {
        while let Some((at_us, number)) = self.queue.pop() {
            if at_us > until_us {
                return None;
            }
            let scene = self.scene(self.walks[number].pathway);
            match self.walks[number].run(&scene, &mut self.out) {
                Pause::Until(at_us) => self.queue.push(at_us, number),
                Pause::Died => return Some(self.walks[number].now_us),
                Pause::Bed(_) | Pause::End => {}
            }
        }
        None
    }

    /// Plays the stay of the bed somebody lies in now, up to now.
    fn lie(&mut self, bedded: Present) -> Option<Walk> {
        let (place, state) = present_pathway(self.library, self.person, bedded, self.as_of_us)?;
        let pathway = self.library.pathway(place);
        let mut walk =
            Walk::new(self.person, (place, pathway), PRESENT, state, bedded.since_us).in_bed(bedded);
        let scene = self.scene(place);
        while walk.now_us <= self.as_of_us {
            match walk.run(&scene, &mut self.out) {
                Pause::Until(_) => {}
                Pause::Bed(_) | Pause::Died | Pause::End => break,
            }
        }
        Some(walk)
    }
}

/// The occasion of the present stay; those of years count from 0.
const PRESENT: u64 = 1000;

/// The years a pathway begins in, counted back from the present, and when; oldest first.
fn yearly(person: &Person, pathway: &Pathway, as_of_us: i64) -> impl Iterator<Item = (u64, i64)> {
    let key = person.key.name("entry").name(&pathway.id);
    (0..HISTORY_YEARS as u64).rev().filter_map(move |year| {
        let mut stream = key.number(year).stream();
        let begin_us = as_of_us - (year as i64 + 1) * YEAR_US;
        let at_us = begin_us + stream.between(0, YEAR_US / HOUR_US - 1) * HOUR_US;
        let rate = pathway.entry.yearly(person, person.age_at(at_us));
        stream.chance(rate).then_some((year, at_us))
    })
}

/// The pathway, and the state in it, that somebody who lies in a bed is on.
fn present_pathway(
    library: &Library,
    person: &Person,
    bedded: Present,
    as_of_us: i64,
) -> Option<(u16, usize)> {
    let start = |pathway: &Pathway| match (bedded.bed.unit, &pathway.live) {
        (Unit::Emergency, Some(live)) => (live.door == Door::Emergency).then_some(live.from),
        (unit, Some(_)) => pathway.admission_to(unit, person.age),
        (_, None) => None,
    };
    let options: Vec<(u16, usize, f64)> = (0..)
        .zip(library.pathways())
        .filter_map(|(place, pathway)| {
            let live = pathway.live.as_ref()?;
            let fits = live.who.holds(person, as_of_us, as_of_us, 0, &[0.0; 4]);
            Some((place, start(pathway)?, if fits { live.share } else { live.share * UNFIT }))
        })
        .collect();
    if options.is_empty() {
        return None;
    }
    let mut stream = person.key.name("present").stream();
    let (place, state, _) = *stream.weighted(&options, |option| option.2);
    Some((place, state))
}

/// How little a pathway is taken by those it does not fit, so that no bed stays empty.
const UNFIT: f64 = 1e-6;
