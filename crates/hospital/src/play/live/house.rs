//! The house itself.

use std::sync::Arc;

use super::arrivals::Visitor;
use super::snapshot::FORM;
use super::walks::{State, Task};
use super::{Command, LiveSettings, Logged, Lying, Refused, Resource, Snapshot, SnapshotError};
use crate::calendar::{HOUR_US, MINUTE_US};
use crate::pathways::{Act, Door, Library};
use crate::play::{Handle, Happening, Later, Out, Pause, Scene, Walk, What};
use crate::population::{Identity, Person, Unit, World};

/// A nurse in triage needs so long for one patient.
const TRIAGE_US: i64 = 7 * MINUTE_US;
/// An analyser needs so long for a sample.
const SAMPLE_US: i64 = 3 * MINUTE_US;

/// A hospital in motion.
pub struct LiveHospital {
    pub(super) settings: LiveSettings,
    pub(super) world: Arc<World>,
    pub(super) state: State,
}

impl LiveHospital {
    /// Opens a house at the instant its population is seen at, with everybody who lies in a bed then.
    pub fn open(settings: &LiveSettings, library: &Arc<Library>) -> Self {
        Self::open_in(&Arc::new(World::new(&settings.recipe, library)), settings)
    }

    /// Opens a house in a world that others may share: what people have lived through before is played once for all of them.
    /// The recipe is that of the world.
    pub fn open_in(world: &Arc<World>, settings: &LiveSettings) -> Self {
        let settings = LiveSettings { recipe: *world.recipe(), ..*settings };
        let mut house = Self { settings, world: Arc::clone(world), state: State::new(settings) };
        house.admit_present();
        house.draw_hour();
        house
    }

    /// The virtual time the house has come to.
    pub fn now_us(&self) -> i64 {
        self.state.now_us
    }

    /// When something is next to be done in the house, told or not.
    pub fn next_us(&self) -> Option<i64> {
        self.state.queue.next_us()
    }

    /// Lets time pass, and tells what has happened up to and at `to_us`, in order. Time never runs back.
    pub fn advance(&mut self, to_us: i64) -> Vec<Happening> {
        let mut told = Vec::new();
        while self.next_us().is_some_and(|at_us| at_us <= to_us) {
            self.step(&mut told);
        }
        self.state.now_us = self.state.now_us.max(to_us);
        told
    }

    /// Lets time pass until something happens, but no further than `to_us`.
    pub fn advance_to_next(&mut self, to_us: i64) -> Vec<Happening> {
        let mut told = Vec::new();
        while told.is_empty() && self.next_us().is_some_and(|at_us| at_us <= to_us) {
            self.step(&mut told);
        }
        if told.is_empty() {
            self.state.now_us = self.state.now_us.max(to_us);
        }
        told
    }

    /// Does what somebody commands, now, and keeps it in the log.
    ///
    /// # Errors
    /// [`Refused`], and then nothing has changed.
    pub fn command(&mut self, command: Command) -> Result<Vec<Happening>, Refused> {
        let mut told = Vec::new();
        self.obey(&command, &mut told)?;
        self.state.log.push(Logged { at_us: self.state.now_us, command });
        self.serve();
        Ok(told)
    }

    /// What has been commanded so far.
    pub fn log(&self) -> &[Logged] {
        &self.state.log
    }

    /// The house now, to go back to.
    pub fn snapshot(&self) -> Snapshot {
        let (settings, pathways) = (self.settings, self.world.library.digest());
        Snapshot { form: FORM, settings, pathways, state: self.state.clone() }
    }

    /// The house of a snapshot.
    ///
    /// # Errors
    /// [`SnapshotError`] if this program or these pathways cannot go on from it.
    pub fn restore(snapshot: Snapshot, library: &Arc<Library>) -> Result<Self, SnapshotError> {
        if snapshot.form != FORM {
            return Err(SnapshotError::Form(snapshot.form));
        }
        if snapshot.pathways != library.digest() {
            return Err(SnapshotError::Pathways);
        }
        let world = Arc::new(World::new(&snapshot.settings.recipe, library));
        Ok(Self { settings: snapshot.settings, world, state: snapshot.state })
    }

    /// The house as it is at `to_us` after these commands: seed and log make the same day again.
    ///
    /// # Errors
    /// [`Refused`] if a command does not fit, so that the log is of another house.
    pub fn replay(
        settings: &LiveSettings,
        library: &Arc<Library>,
        log: &[Logged],
        to_us: i64,
    ) -> Result<Self, Refused> {
        let mut house = Self::open(settings, library);
        for logged in log.iter().filter(|logged| logged.at_us <= to_us) {
            house.advance(logged.at_us);
            house.command(logged.command.clone())?;
        }
        house.advance(to_us);
        Ok(house)
    }

    /// Who somebody is, for the desk to take down.
    pub fn identity(&self, patient: u32) -> Identity {
        let mut identity = self.world.identity(&self.person(patient));
        if let Some(newborn) = self.state.newborns.get(&patient) {
            identity.family = self.world.identity(&self.person(newborn.mother)).family;
        }
        identity
    }

    /// The visits that are going on, each with its handle.
    pub fn visits(&self) -> impl Iterator<Item = (Handle, &Lying)> {
        self.state.visits.iter().map(|(visit, lying)| (*visit, lying))
    }

    /// How many beds of a unit are taken.
    pub fn taken(&self, unit: Unit) -> usize {
        self.state.beds.taken(unit)
    }

    /// How many wait for a bed of each unit.
    pub fn waiting(&self) -> impl Iterator<Item = (Unit, usize)> + '_ {
        self.state.beds.waiting()
    }

    pub(super) fn person(&self, patient: u32) -> Person {
        match self.state.newborns.get(&patient) {
            Some(newborn) => Person::newborn(&self.settings.recipe, patient, newborn.born_us),
            None => Person::draw(&self.settings.recipe, patient),
        }
    }

    fn admit_present(&mut self) {
        for walk in self.world.staying().to_vec() {
            let Some(open) = walk.open else { continue };
            if let Some(bed) = open.bed {
                self.state.beds.take_bed(bed);
            }
            let (patient, at_us) = (walk.patient, walk.now_us);
            let number = self.state.hold(walk, false);
            let (class, bed, start_us) = (open.class, open.bed, open.start_us);
            self.state.visits.insert(open.handle, Lying { patient, class, bed, start_us, walk: number });
            self.state.queue.push(at_us.max(self.state.now_us), Task::Step(number));
        }
    }

    /// Does the next thing.
    fn step(&mut self, told: &mut Vec<Happening>) {
        let Some((at_us, task)) = self.state.queue.pop() else {
            return;
        };
        self.state.now_us = self.state.now_us.max(at_us);
        match task {
            Task::Step(number) => self.walk_on(number, told),
            Task::Seek(number, unit) => self.seek(number, unit, told),
            Task::Result(number, later) => self.result(number, &later, told),
            Task::Arrive(door, visitor) => self.let_in(door, visitor, told),
            Task::Hour => self.draw_hour(),
            Task::Clean(bed) => {
                self.state.beds.clean(bed);
            }
        }
        self.serve();
    }

    /// Draws who comes in this hour, and looks again in the next.
    fn draw_hour(&mut self) {
        let hour_us = self.state.now_us.div_euclid(HOUR_US) * HOUR_US;
        for (at_us, door) in self.state.doors.hour(hour_us) {
            if at_us >= self.state.now_us {
                self.state.arrived += 1;
                self.state.queue.push(at_us, Task::Arrive(door, self.state.arrived));
            }
        }
        self.state.queue.push(hour_us + HOUR_US, Task::Hour);
    }

    fn let_in(&mut self, door: Door, number: u64, told: &mut Vec<Happening>) {
        let State { doors, here, dead, now_us, .. } = &mut self.state;
        let is_away = |person: &Person| {
            let gone = here.contains(&person.index) || dead.contains(&person.index);
            !gone && !self.world.has_died(person)
        };
        let Some(visitor) = doors.visitor(&self.world.library, door, *now_us, number, is_away) else {
            return;
        };
        let Visitor { person, pathway, state, newcomer } = visitor;
        let place = (pathway, self.world.library.pathway(pathway));
        let walk = Walk::new(&person, place, LIVE + number, state, self.state.now_us);
        let number = self.state.hold(walk, newcomer);
        self.walk_on(number, told);
    }

    /// Lets a walk go on until time has to pass for it.
    pub(super) fn walk_on(&mut self, number: u32, told: &mut Vec<Happening>) {
        let Some(held) = self.state.walks.get(&number).filter(|held| !held.over) else {
            return;
        };
        let mut walk = held.walk.clone();
        let person = self.person(walk.patient);
        let library = Arc::clone(&self.world.library);
        let scene = Scene {
            pathway: library.pathway(walk.pathway),
            person: &person,
            as_of_us: self.settings.recipe.as_of_us,
            mortal_from_us: i64::MIN,
            live: true,
        };
        walk.now_us = walk.now_us.max(self.state.now_us);
        let mut out = Out::default();
        let pause = walk.run(&scene, &mut out);
        for later in &out.later {
            self.await_result(number, *later, scene.pathway.states.get(later.state).map(|state| &state.act));
        }
        if let (Pause::Until(at_us), Some(minutes)) = (pause, walk.awaits_theatre(&scene)) {
            let takes_us = minutes * MINUTE_US;
            let start_us = self.state.benches.book(Resource::Theatre, at_us - takes_us, takes_us);
            walk.now_us = start_us + takes_us;
        }
        let at_us = walk.now_us;
        if let Some(held) = self.state.walks.get_mut(&number) {
            held.walk = walk;
            held.pending += out.later.len() as u32;
        }
        for happening in out.happenings {
            self.hear(number, happening, told);
        }
        match pause {
            Pause::Until(_) => self.state.queue.push(at_us, Task::Step(number)),
            Pause::Bed(Unit::Emergency) => {
                let seen_us = self.state.benches.book(Resource::Triage, self.state.now_us, TRIAGE_US);
                self.state.queue.push(seen_us + TRIAGE_US, Task::Seek(number, Unit::Emergency));
            }
            Pause::Bed(unit) => self.seek(number, unit, told),
            Pause::Died | Pause::End => self.state.end(number),
        }
    }

    fn seek(&mut self, number: u32, unit: Unit, told: &mut Vec<Happening>) {
        let now_us = self.state.now_us;
        let Some(held) = self.state.walks.get_mut(&number).filter(|held| !held.over) else {
            return;
        };
        if let Some(bed) = self.state.beds.take(unit) {
            held.walk.granted = Some(bed);
            self.state.queue.push(now_us, Task::Step(number));
            return;
        }
        held.walk.now_us = held.walk.now_us.max(now_us);
        let mut out = Out::default();
        held.walk.tell(&mut out, What::Waiting { unit });
        told.append(&mut out.happenings);
        self.state.beds.wait(unit, number);
    }

    /// Gives beds that have become free to those who wait.
    fn serve(&mut self) {
        while let Some((number, bed)) = self.state.beds.serve() {
            if let Some(held) = self.state.walks.get_mut(&number) {
                held.walk.granted = Some(bed);
                self.state.queue.push(self.state.now_us, Task::Step(number));
            }
        }
    }

    /// Puts a result in line behind what its device has to do before.
    fn await_result(&mut self, number: u32, later: Later, act: Option<&Act>) {
        let device = match act {
            Some(Act::Study { code, .. }) => Resource::of_study(code),
            Some(Act::Find { .. }) => None,
            _ => Some((Resource::Analyser, SAMPLE_US)),
        };
        let waits_us = device.map_or(0, |(device, takes_us)| {
            self.state.benches.book(device, later.taken_us, takes_us) - later.taken_us
        });
        let due_us = later.due_us + waits_us;
        self.state.queue.push(due_us, Task::Result(number, Later { due_us, ..later }));
    }

    fn result(&mut self, number: u32, later: &Later, told: &mut Vec<Happening>) {
        let Some(held) = self.state.walks.get_mut(&number) else {
            return;
        };
        held.pending = held.pending.saturating_sub(1);
        let walk = held.walk.clone();
        let person = self.person(walk.patient);
        let library = Arc::clone(&self.world.library);
        let scene = Scene {
            pathway: library.pathway(walk.pathway),
            person: &person,
            as_of_us: self.settings.recipe.as_of_us,
            mortal_from_us: i64::MIN,
            live: true,
        };
        if let Some(happening) = walk.result(later, &scene) {
            self.hear(number, happening, told);
        }
        self.state.let_go(number);
    }
}

/// Occasions of live play, apart from those of histories.
pub(super) const LIVE: u64 = 10_000;
