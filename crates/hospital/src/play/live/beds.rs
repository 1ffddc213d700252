//! Beds, and who waits for one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::population::{Bed, Unit};

/// What a bed is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum State {
    /// Clean and empty.
    Free,
    /// Somebody lies in it.
    Taken,
    /// Empty, and not yet clean.
    Dirty,
    /// Out of use.
    Closed,
}

/// All beds of the house, and the lines in front of its units.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Beds {
    /// By unit, each in the order of its numbers.
    states: BTreeMap<Unit, Vec<State>>,
    /// Walks, first come first served.
    lines: BTreeMap<Unit, VecDeque<u32>>,
}

impl Default for Beds {
    fn default() -> Self {
        let states = Unit::all().map(|unit| (unit, vec![State::Free; unit.beds()])).collect();
        Self { states, lines: BTreeMap::new() }
    }
}

impl Beds {
    fn state(&mut self, bed: Bed) -> Option<&mut State> {
        let number = usize::from(bed.number).checked_sub(1)?;
        self.states.get_mut(&bed.unit)?.get_mut(number)
    }

    /// Takes a bed of a unit, or of one that helps out; of the lowest number.
    pub(crate) fn take(&mut self, unit: Unit) -> Option<Bed> {
        if unit.beds() == 0 {
            return Some(Bed { unit, number: 0 });
        }
        let bed = helpers(unit).iter().find_map(|unit| {
            let place = self.states.get(unit)?.iter().position(|state| *state == State::Free)?;
            Some(Bed { unit: *unit, number: place as u16 + 1 })
        })?;
        self.set(bed, State::Free, State::Taken).then_some(bed)
    }

    /// Takes a certain bed; false if it is not free.
    pub(crate) fn take_bed(&mut self, bed: Bed) -> bool {
        self.set(bed, State::Free, State::Taken)
    }

    /// Somebody has left; the bed has to be cleaned.
    pub(crate) fn leave(&mut self, bed: Bed) -> bool {
        self.set(bed, State::Taken, State::Dirty)
    }

    /// The bed is clean.
    pub(crate) fn clean(&mut self, bed: Bed) -> bool {
        self.set(bed, State::Dirty, State::Free)
    }

    /// Takes an empty bed out of use.
    pub(crate) fn close(&mut self, bed: Bed) -> bool {
        self.set(bed, State::Free, State::Closed) || self.set(bed, State::Dirty, State::Closed)
    }

    /// Brings it back.
    pub(crate) fn open(&mut self, bed: Bed) -> bool {
        self.set(bed, State::Closed, State::Free)
    }

    fn set(&mut self, bed: Bed, from: State, to: State) -> bool {
        match self.state(bed) {
            Some(state) if *state == from => {
                *state = to;
                true
            }
            _ => false,
        }
    }

    /// Puts a walk in line.
    pub(crate) fn wait(&mut self, unit: Unit, walk: u32) {
        self.lines.entry(unit).or_default().push_back(walk);
    }

    /// The next walk that a free bed serves, with the bed it has now taken.
    pub(crate) fn serve(&mut self) -> Option<(u32, Bed)> {
        let waiting: BTreeSet<Unit> =
            self.lines.iter().filter(|(_, line)| !line.is_empty()).map(|(unit, _)| *unit).collect();
        for unit in waiting {
            if let Some(bed) = self.take(unit) {
                let walk = self.lines.get_mut(&unit)?.pop_front()?;
                return Some((walk, bed));
            }
        }
        None
    }

    /// A walk is over or has died while it waited.
    pub(crate) fn forget(&mut self, walk: u32) {
        self.lines.values_mut().for_each(|line| line.retain(|other| *other != walk));
    }

    /// How many wait for each unit.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = (Unit, usize)> + '_ {
        self.lines.iter().map(|(unit, line)| (*unit, line.len())).filter(|(_, count)| *count > 0)
    }

    /// How many beds of a unit are taken.
    pub(crate) fn taken(&self, unit: Unit) -> usize {
        self.states.get(&unit).map_or(0, |beds| beds.iter().filter(|state| **state == State::Taken).count())
    }
}

/// A unit, and those that take its patients when it is full.
fn helpers(unit: Unit) -> &'static [Unit] {
    use Unit::{
        Delivery, East4, East5, Emergency, IntensiveCare, Nursery, Pediatrics, Postpartum, Psychiatry,
        StepDown, West4, West5,
    };
    match unit {
        West4 => &[West4, East4, West5, East5],
        East4 => &[East4, West4, East5, West5],
        West5 => &[West5, East5, West4, East4],
        East5 => &[East5, West5, East4, West4],
        StepDown => &[StepDown, West4, East4],
        IntensiveCare => &[IntensiveCare],
        Delivery => &[Delivery],
        Postpartum => &[Postpartum, Delivery],
        Pediatrics => &[Pediatrics],
        Psychiatry => &[Psychiatry],
        Nursery => &[Nursery, Pediatrics],
        Emergency => &[Emergency],
        _ => &[],
    }
}
