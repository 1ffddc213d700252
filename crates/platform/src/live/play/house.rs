use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hospital::pathways::Library;
use hospital::play::{Happening, LiveHospital, LiveSettings};
use hospital::population::{Identity, Recipe, World};
use serde_json::json;
use store::StoreError;

use super::act::act;
use super::note::{Note, PLAYING, is_playing};
use crate::access::{Access, outcome};
use crate::content::built_in_pathways;
use crate::fhir::Context;
use crate::platform::Platform;
use crate::sandboxes::SandboxError;

/// The houses that are played in this process.
#[derive(Default)]
pub(crate) struct Houses {
    /// By sandbox. One that is not here is made again from its note.
    played: Mutex<BTreeMap<String, Played>>,
    /// The worlds they stand in, one for each recipe.
    worlds: Mutex<Vec<Arc<World>>>,
}

/// A house, and what has happened in it that is not told yet.
struct Played {
    house: LiveHospital,
    note: Note,
    untold: VecDeque<Happening>,
}

impl Houses {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Played>> {
        self.played.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn world(&self, recipe: &Recipe, library: &Arc<Library>) -> Arc<World> {
        let mut worlds = self.worlds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = worlds.iter().find(|world| world.recipe() == recipe) {
            return Arc::clone(known);
        }
        let world = Arc::new(World::new(recipe, library));
        worlds.push(Arc::clone(&world));
        world
    }
}

impl Played {
    /// The house as it was when this note was written: the same day, played again up to there.
    fn at(note: Note, world: &Arc<World>) -> Self {
        let mut house = LiveHospital::open_in(world, &LiveSettings::of(*world.recipe(), note.seed));
        drop(house.advance(note.from_us));
        let mut untold: VecDeque<Happening> = house.advance(note.reached_us).into();
        untold.drain(..note.count.min(untold.len()));
        Self { house, note, untold }
    }
}

impl Platform {
    /// Lets patients come and go by themselves, from now on, or no more.
    ///
    /// # Errors
    /// [`SandboxError::Invalid`] for a hospital whose people were brought in from elsewhere: nobody knows who would come.
    pub fn set_playing(&self, access: &Access, playing: bool) -> Result<(), SandboxError> {
        if recipe(access).is_none() || built_in_pathways().is_none() {
            let what = "the people of this hospital were brought in from elsewhere, so nobody comes by themselves; start one from a generated image";
            return Err(SandboxError::Invalid(what.to_owned()));
        }
        if playing && access.sandbox().view(Note::read)?.is_none() {
            let seed = access.sandbox().id().bytes().fold(0_u64, |seed, byte| seed * 31 + u64::from(byte));
            begin(access, seed)?;
        }
        let event = access.event("sandbox.playing", None, outcome::OK, json!({"playing": playing}));
        access.sandbox().set_fact(PLAYING, if playing { "on" } else { "off" }, &event)?;
        access.tell("sandbox.playing");
        Ok(())
    }

    /// Lets patients come and go by themselves, as this seed has it: the same day for the same hospital and seed.
    pub(crate) fn play_from(&self, access: &Access, seed: u64) -> Result<(), SandboxError> {
        begin(access, seed)?;
        self.set_playing(access, true)
    }

    /// When something is next to be done in the house, if patients come and go by themselves.
    pub(in crate::live) fn house_next_us(&self, access: &Access) -> Result<Option<i64>, StoreError> {
        self.with_house(access, |played| match played.untold.front() {
            Some(happening) => Some(happening.at_us),
            None => played.house.next_us(),
        })
        .map(Option::flatten)
    }

    /// Tells the chart of the next happening, or lets the house go on until there is one.
    pub(in crate::live) fn play_on(&self, access: &Access) -> Result<(), StoreError> {
        let to_us = access.virtual_us();
        let next = self.with_house(access, |played| {
            if played.untold.is_empty() {
                played.untold = played.house.advance_to_next(to_us).into();
            }
            let happening = played.untold.front()?.clone();
            Some((played.house.identity(happening.patient), happening, played.note))
        })?;
        let (Some(Some((who, happening, note))), Some(recipe)) = (next, recipe(access)) else {
            return Ok(());
        };
        let after = note.after(happening.at_us);
        self.tell_chart(access, &recipe, &who, &happening, &after)?;
        self.with_house(access, |played| {
            played.untold.pop_front();
            played.note = after;
        })
        .map(|_| ())
    }

    /// One transaction: what the happening writes, and the note. Where the chart refuses, the note alone.
    fn tell_chart(
        &self,
        access: &Access,
        recipe: &Recipe,
        who: &Identity,
        happening: &Happening,
        after: &Note,
    ) -> Result<(), StoreError> {
        let then = access.at(happening.at_us).acting_as("house", "house");
        let (entropy, limits) = (self.entropy.as_ref(), &self.limits.json);
        let context = Context { access: &then, base_url: "", entropy, limits };
        let told = then.change("command", |change| {
            act(&context, change, recipe, who, happening)?;
            Ok::<_, crate::ehr::commands::CommandError>(after.write(change)?)
        });
        let Err(refusal) = told else { return Ok(()) };
        // A disk that is full is no refusal: what happened is told when there is room again.
        let refusal = refusal.refusal()?;
        tracing::debug!(sandbox.id = access.sandbox().id(), %refusal, "the chart passed over a happening");
        then.change("house.passed-over", |change| {
            let reason = refusal.to_string();
            let detail =
                json!({"what": refusal.word(), "reason": reason, "visit": happening.visit.id().as_str()});
            change.note(&then.event("house.passed-over", None, refusal.word(), detail))?;
            after.write(change)
        })
    }

    /// The house of a sandbox, made again if it is not at hand or another note stands in the sandbox by now: a reset, a return.
    /// `None` where nothing is played.
    fn with_house<T>(
        &self,
        access: &Access,
        work: impl FnOnce(&mut Played) -> T,
    ) -> Result<Option<T>, StoreError> {
        let id = access.sandbox().id();
        if !is_playing(access)? {
            self.houses.lock().remove(id);
            return Ok(None);
        }
        let note = access.sandbox().view(Note::read)?;
        let (Some(note), Some(recipe), Some(library)) = (note, recipe(access), built_in_pathways()) else {
            return Ok(None);
        };
        let kept = self.houses.lock().remove(id).filter(|played| played.note == note);
        let mut played = kept.unwrap_or_else(|| Played::at(note, &self.houses.world(&recipe, library)));
        let done = work(&mut played);
        self.houses.lock().insert(id.to_owned(), played);
        Ok(Some(done))
    }
}

/// Notes that a play begins, and by which seed.
fn begin(access: &Access, seed: u64) -> Result<(), StoreError> {
    let now_us = access.virtual_us();
    let note = Note { seed, from_us: now_us, count: 0, reached_us: now_us };
    access.change("sandbox.playing", |change| note.write(change))
}

/// What the people of a hospital were made by.
fn recipe(access: &Access) -> Option<Recipe> {
    let made_by = access.sandbox().image().origin.get("generated")?;
    serde_json::from_value(made_by.clone()).ok()
}
