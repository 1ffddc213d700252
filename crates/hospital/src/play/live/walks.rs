//! The part of a live house that changes, and is kept in snapshots.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::arrivals::Doors;
use super::{Beds, Benches, LiveSettings, Logged};
use crate::pathways::Door;
use crate::play::{Handle, Later, Queue, Walk};
use crate::population::{Bed, Unit};
use crate::writer::Class;

/// What comes next in a house.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Task {
    /// A walk goes on.
    Step(u32),
    /// A walk has been through triage and asks for a bed.
    Seek(u32, Unit),
    /// A result is there.
    Result(u32, Later),
    /// Somebody comes through a door; with the number of all who came before.
    Arrive(Door, u64),
    /// A new hour: its arrivals are drawn.
    Hour,
    /// Housekeeping is done with a bed.
    Clean(Bed),
}

/// A walk with what it still waits for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Held {
    pub(super) walk: Walk,
    /// Results to come.
    pub(super) pending: u32,
    /// Nothing happens on it any more, but results may come.
    pub(super) over: bool,
    /// The desk has not taken them down yet.
    pub(super) newcomer: bool,
}

/// A visit that is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lying {
    /// The patient.
    pub patient: u32,
    /// Ambulatory, emergency or inpatient.
    pub class: Class,
    /// Their bed, if they have been given one.
    pub bed: Option<Bed>,
    /// When the visit began.
    pub start_us: i64,
    /// The number of the walk.
    pub(super) walk: u32,
}

/// A child born since the house was opened.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Newborn {
    pub(super) born_us: i64,
    pub(super) mother: u32,
}

/// Everything that changes.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) now_us: i64,
    pub(super) queue: Queue<Task>,
    pub(super) walks: BTreeMap<u32, Held>,
    pub(super) next_walk: u32,
    pub(super) arrived: u64,
    pub(super) beds: Beds,
    pub(super) benches: Benches,
    pub(super) doors: Doors,
    /// Visits that are going on.
    pub(super) visits: BTreeMap<Handle, Lying>,
    /// Patients who are in the house or on their way.
    pub(super) here: BTreeSet<u32>,
    pub(super) dead: BTreeSet<u32>,
    pub(super) newborns: BTreeMap<u32, Newborn>,
    pub(super) log: Vec<Logged>,
}

impl State {
    /// An empty house.
    pub(super) fn new(settings: LiveSettings) -> Self {
        Self {
            now_us: settings.recipe.as_of_us,
            queue: Queue::default(),
            walks: BTreeMap::new(),
            next_walk: 0,
            arrived: 0,
            beds: Beds::default(),
            benches: Benches::default(),
            doors: Doors::new(settings),
            visits: BTreeMap::new(),
            here: BTreeSet::new(),
            dead: BTreeSet::new(),
            newborns: BTreeMap::new(),
            log: Vec::new(),
        }
    }

    /// Holds a walk; its number.
    pub(super) fn hold(&mut self, walk: Walk, newcomer: bool) -> u32 {
        let number = self.next_walk;
        self.next_walk += 1;
        self.here.insert(walk.patient);
        self.walks.insert(number, Held { walk, pending: 0, over: false, newcomer });
        number
    }

    /// A walk is over; it is let go once no result is awaited.
    pub(super) fn end(&mut self, number: u32) {
        self.beds.forget(number);
        if let Some(held) = self.walks.get_mut(&number) {
            held.over = true;
            self.here.remove(&held.walk.patient);
        }
        self.let_go(number);
    }

    /// Forgets a walk of which nothing is to come.
    pub(super) fn let_go(&mut self, number: u32) {
        if self.walks.get(&number).is_some_and(|held| held.over && held.pending == 0) {
            self.walks.remove(&number);
        }
    }
}
