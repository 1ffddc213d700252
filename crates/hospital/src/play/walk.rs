//! One patient on one pathway.

use serde::{Deserialize, Serialize};

use super::hours::emergency_hours;
use super::{Handle, Happening, What, office_hours};
use crate::calendar::MINUTE_US;
use crate::pathways::{Act, Pathway, State};
use crate::population::{Bed, Person, Unit};
use crate::random::{Key, Stream};
use crate::writer::Class;

/// A patient on a pathway: where they are, and what the walk remembers.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Walk {
    pub(crate) patient: u32,
    pub(crate) pathway: u16,
    /// The chance of this walk starts here.
    pub(crate) origin: Handle,
    /// Index of the state the patient is in, or waits for.
    pub(crate) state: usize,
    /// The wait before the state is over.
    pub(super) waited: bool,
    /// States gone through, to draw anew in each.
    steps: u64,
    /// Happenings told so far.
    made: u64,
    pub(crate) now_us: i64,
    pub(super) onset_us: i64,
    /// Visits begun so far.
    pub(super) visits: u32,
    /// Kept by their bits, so that a snapshot loses nothing.
    #[serde(with = "bits")]
    pub(super) memory: [f64; 4],
    pub(crate) open: Option<Open>,
    pub(super) problem: Option<Handle>,
    /// What drugs are given for: the diagnosis or problem last written down.
    pub(super) reason: Option<Handle>,
    /// Drugs of the stay, by state, in live play.
    pub(super) drugs: Vec<(Handle, usize)>,
    /// A bed that has become free for the walk.
    pub(crate) granted: Option<Bed>,
    /// They lie in a bed at the instant the population is seen at.
    pub(super) present: Option<Present>,
}

/// A visit that is going on.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Open {
    pub(crate) handle: Handle,
    pub(crate) class: Class,
    pub(crate) bed: Option<Bed>,
    pub(crate) start_us: i64,
    /// When it is to end.
    pub(crate) end_us: i64,
    /// When the morning's blood was last taken.
    pub(super) drawn_us: i64,
}

/// The bed somebody lies in now, and since when.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Present {
    pub(crate) bed: Bed,
    pub(crate) since_us: i64,
}

/// What a walk looks at and may not change.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub(crate) pathway: &'a Pathway,
    pub(crate) person: &'a Person,
    /// The instant the person's health is told from.
    pub(crate) as_of_us: i64,
    /// Nobody dies on a walk before this: those who did are not in the population.
    pub(crate) mortal_from_us: i64,
    /// Beds are few, and orders and doses are told.
    pub(crate) live: bool,
}

/// What a walk has to say.
#[derive(Default)]
pub(crate) struct Out {
    pub(crate) happenings: Vec<Happening>,
    /// Results to come, in live play.
    pub(crate) later: Vec<Later>,
}

/// A result to come: the state that ordered it, the order, and the visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Later {
    pub(crate) state: usize,
    pub(crate) order: Handle,
    pub(crate) visit: Handle,
    pub(crate) taken_us: i64,
    pub(crate) due_us: i64,
}

/// Why a walk stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pause {
    /// Time has to pass.
    Until(i64),
    /// A bed is needed.
    Bed(Unit),
    /// The patient died.
    Died,
    /// The walk is over.
    End,
}

/// Where a state leads.
pub(crate) enum Flow {
    /// To the state after it.
    Next,
    /// To another one.
    To(usize),
    /// To itself, later.
    Again(i64),
    /// Nowhere yet.
    Stop(Pause),
}

/// More states than this without any time between them are a loop.
const STEPS_MAX: usize = 1000;

/// What is drawn on entering a state, and what while in it.
const ENTER: u64 = 0;
const ACT: u64 = 1;
const MADE: u64 = 2;

impl Walk {
    /// A walk that begins in a state. The occasion tells the walks of one patient on one pathway apart.
    pub(crate) fn new(
        person: &Person,
        (place, pathway): (u16, &Pathway),
        occasion: u64,
        state: usize,
        at_us: i64,
    ) -> Self {
        let key = person.key.name("pathway").name(&pathway.id).name("occasion").number(occasion);
        Self {
            patient: person.index,
            pathway: place,
            origin: Handle::of(key),
            state,
            waited: false,
            steps: 0,
            made: 0,
            now_us: at_us,
            onset_us: at_us,
            visits: 0,
            memory: [0.0; 4],
            open: None,
            problem: None,
            reason: None,
            drugs: Vec::new(),
            granted: None,
            present: None,
        }
    }

    /// The same, of someone who has had the condition since an earlier instant.
    pub(crate) fn since(mut self, onset_us: i64) -> Self {
        self.onset_us = onset_us;
        self
    }

    /// The same, of someone who lies in a bed now.
    pub(crate) fn in_bed(mut self, present: Present) -> Self {
        self.present = Some(present);
        self
    }

    /// Goes on from `now_us` until time has to pass.
    pub(crate) fn run(&mut self, scene: &Scene<'_>, out: &mut Out) -> Pause {
        for _ in 0..STEPS_MAX {
            let Some(state) = scene.pathway.states.get(self.state) else {
                return Pause::End;
            };
            if !self.waited {
                let mut stream = self.stream(ENTER);
                let Some(start_us) = self.enter(state, scene, &mut stream) else {
                    self.leave_state(state.otherwise);
                    continue;
                };
                self.waited = true;
                if start_us > self.now_us {
                    self.now_us = start_us;
                    return Pause::Until(start_us);
                }
            }
            let mut stream = self.stream(ACT);
            match self.act(state, scene, &mut stream, out) {
                Flow::Next => self.leave_state(state.next),
                Flow::To(to) => self.leave_state(to),
                Flow::Again(at_us) => {
                    self.steps += 1;
                    self.now_us = at_us.max(self.now_us + 1);
                    return Pause::Until(self.now_us);
                }
                Flow::Stop(pause) => return pause,
            }
        }
        Pause::End
    }

    fn leave_state(&mut self, to: usize) {
        self.state = to;
        self.steps += 1;
        self.waited = false;
    }

    /// When the state begins, or `None` if it is passed over.
    fn enter(&self, state: &State, scene: &Scene<'_>, stream: &mut Stream) -> Option<i64> {
        let by_chance = state.chance.is_none_or(|chance| stream.chance(chance));
        let by_turn =
            state.every.is_none_or(|every| self.visits.saturating_sub(1).is_multiple_of(every.max(1)));
        let by_guard = state.when.as_ref().is_none_or(|guard| {
            guard.holds(scene.person, scene.as_of_us, self.now_us, self.visits, &self.memory)
        });
        if !(by_chance && by_turn && by_guard) {
            return None;
        }
        let mut start_us =
            self.now_us + state.after.map_or(0, |law| law.draw(stream)) + self.prelude_us(&state.act);
        if let Some(age) = state.at_age {
            start_us = scene.person.born_us() + age.draw(stream);
            if start_us < self.now_us {
                return None;
            }
        }
        Some(match state.act {
            Act::Visit { .. } => {
                let office_us = office_hours(start_us, stream.between(0, 35));
                if office_us < self.now_us {
                    office_hours(self.now_us + 24 * 60 * MINUTE_US, 4)
                } else {
                    office_us
                }
            }
            Act::Arrive { .. } if !scene.live && self.present.is_none() => emergency_hours(start_us, stream),
            _ => start_us,
        })
    }

    /// The numbers of the present state.
    fn stream(&self, what: u64) -> Stream {
        self.key(what, self.steps).stream()
    }

    fn key(&self, what: u64, number: u64) -> Key {
        self.origin.key().number(what).number(number)
    }

    /// A name for what happens next.
    pub(super) fn next_handle(&mut self) -> Handle {
        self.made += 1;
        Handle::of(self.key(MADE, self.made))
    }

    /// Says that something happens now; gives its name.
    pub(super) fn tell(&mut self, out: &mut Out, what: What) -> Handle {
        let handle = self.next_handle();
        let visit = self.open.map_or(handle, |open| open.handle);
        self.tell_as(out, handle, visit, what);
        handle
    }

    /// The same, under a name that is there already.
    pub(super) fn tell_as(&self, out: &mut Out, handle: Handle, visit: Handle, what: What) {
        let (at_us, patient, pathway) = (self.now_us, self.patient, self.pathway);
        out.happenings.push(Happening { at_us, patient, pathway, handle, visit, what });
    }

    /// The time that a thing itself takes: it is told when it is done.
    fn prelude_us(&self, act: &Act) -> i64 {
        let clinic = self.open.filter(|open| open.class == Class::Ambulatory);
        match act {
            Act::Procedure { minutes, .. } => minutes * MINUTE_US,
            Act::Leave(_) => clinic.map_or(0, |open| (open.end_us - self.now_us).max(0)),
            Act::Signs { .. }
            | Act::Pressure(_)
            | Act::Lab { .. }
            | Act::Panel { .. }
            | Act::Find { .. }
            | Act::Study { .. } => clinic.map_or(0, |_| 3 * MINUTE_US),
            _ => 0,
        }
    }

    /// The minutes in theatre that the walk is about to spend.
    pub(crate) fn awaits_theatre(&self, scene: &Scene<'_>) -> Option<i64> {
        let unit = self.open.and_then(|open| open.bed).map(|bed| bed.unit);
        match scene.pathway.states.get(self.state).map(|state| &state.act) {
            Some(Act::Procedure { minutes, .. }) if self.waited && unit != Some(Unit::Delivery) => {
                Some(*minutes)
            }
            _ => None,
        }
    }
}

/// Numbers by their bits.
mod bits {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<S: Serializer>(memory: &[f64; 4], to: S) -> Result<S::Ok, S::Error> {
        memory.map(f64::to_bits).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<[f64; 4], D::Error> {
        Ok(<[u64; 4]>::deserialize(from)?.map(f64::from_bits))
    }
}
