//! A workshop at work: its case, how it stands, and the drill beneath.

use scenarios::model::Scenario;
use scenarios::run::What as Happened;
use serde_json::json;
use store::StoreError;
use store::records::{Person, Workshop};
use workshops::model::{Case, FACILITATOR, PhaseKind, decided_command, phase_command};
use workshops::run::{Act, Asked, Event, Run, ToWorld, What, decide};

use super::error::WorkshopError;
use super::view::channel_of;
use crate::drills::World;
use crate::platform::Platform;

/// A workshop at which nobody else works now.
pub(super) struct Table<'a> {
    platform: &'a Platform,
    pub(super) workshop: Workshop,
    pub(super) case: &'a Case,
    pub(super) run: Run,
    world: Option<World<'a>>,
    scenario: Option<&'a Scenario>,
    /// Where the chance of its hospital begins, in a proof. There the clock moves only when it is moved; otherwise chance is drawn, and the
    /// clock runs in phases of play.
    seed: Option<u64>,
}

impl<'a> Table<'a> {
    /// A workshop of a case; `scenario` is the case's world, where the drill beneath is wanted.
    pub(super) fn of(
        platform: &'a Platform,
        workshop: Workshop,
        case: &'a Case,
        scenario: Option<&'a Scenario>,
    ) -> Result<Self, WorkshopError> {
        let run = Self::run_of(platform, &workshop.id)?;
        let world = match (&workshop.sandbox, scenario) {
            (Some(sandbox), Some(scenario)) => {
                Some(World::of(platform, sandbox, scenario, FACILITATOR, "workshop")?)
            }
            _ => None,
        };
        Ok(Self { platform, workshop, case, run, world, scenario, seed: None })
    }

    /// The same as a proof, with its chance beginning there.
    pub(super) fn seeded(self, seed: u64) -> Self {
        Self { seed: Some(seed), ..self }
    }

    /// How a workshop stands by its events.
    pub(super) fn run_of(platform: &Platform, workshop: &str) -> Result<Run, WorkshopError> {
        let mut run = platform.rooms.run(workshop);
        for body in platform.records.workshop_events(workshop, run.seq)? {
            let event: Event = serde_json::from_str(&body)
                .map_err(|error| StoreError::Damaged { what: format!("an event of a workshop: {error}") })?;
            run.apply(&event);
        }
        platform.rooms.remember(workshop, &run);
        Ok(run)
    }

    /// Does what somebody wants done: decides it, tells the drill beneath, and lets it happen.
    pub(super) fn act(&mut self, person: &Person, asked: Asked<'_>, act: &Act) -> Result<(), WorkshopError> {
        self.hear()?;
        let decided = decide(self.case, &self.run, asked, act)?;
        if let Some(told) = &decided.world {
            self.tell(person, told)?;
        }
        let mut whats = decided.whats;
        if matches!(decided.world, Some(ToWorld::End)) {
            // Harm to care is known to the end only when the drill is over.
            self.hear()?;
            let care = self.world.as_ref().map_or(Ok(0.0), |world| world.news(0).map(|news| news.care))?;
            whats = vec![What::Ended { care }];
        }
        self.happen(asked.who, &whats)?;
        if !matches!(decided.world, Some(ToWorld::End)) {
            self.hear()?;
        }
        if self.run.play.ended_us.is_some() && self.workshop.ended_us.is_none() {
            self.workshop.ended_us = Some(self.platform.clock().now_us());
            self.platform.records.workshop_set(&self.workshop)?;
        }
        Ok(())
    }

    /// Lets what the hospital did by itself happen here too.
    pub(super) fn hear(&mut self) -> Result<(), WorkshopError> {
        let Some(world) = &self.world else { return Ok(()) };
        if self.run.play.ended_us.is_some() {
            return Ok(());
        }
        let news = world.news(self.run.play.world_seq)?;
        let heard = |event: scenarios::run::Event| {
            let (world_seq, care) = (event.seq, event.care);
            let what = match &event.what {
                Happened::Injected { inject, again: false, .. } => {
                    let inject = self.case.inject_of_world(inject)?.id.clone();
                    What::Came { inject, world_seq, care }
                }
                Happened::Breached { never } => {
                    What::Breached { never: self.case.never_of_world(never)?.id.clone(), world_seq, care }
                }
                _ => return None,
            };
            Some((event.at_us, what))
        };
        let heard: Vec<(i64, What)> = news.events.into_iter().filter_map(heard).collect();
        self.happen_at("", &heard)
    }

    /// Lets these happen now.
    pub(super) fn happen(&mut self, who: &str, whats: &[What]) -> Result<(), WorkshopError> {
        let now_us = match &self.world {
            Some(world) => world.now_us()?,
            None => self.run.play.phase_us,
        };
        let whats: Vec<(i64, What)> = whats.iter().map(|what| (now_us, what.clone())).collect();
        self.happen_at(who, &whats)
    }

    fn happen_at(&mut self, who: &str, whats: &[(i64, What)]) -> Result<(), WorkshopError> {
        if whats.is_empty() {
            return Ok(());
        }
        let wall_us = self.platform.clock().now_us();
        let event = |(seq, (at_us, what)): (u64, &(i64, What))| Event {
            seq,
            at_us: *at_us,
            wall_us,
            by: who.to_owned(),
            what: what.clone(),
        };
        let events: Vec<Event> = (self.run.seq + 1..).zip(whats).map(event).collect();
        let bodies: Vec<(u64, String)> =
            events.iter().map(|event| (event.seq, json!(event).to_string())).collect();
        self.platform.records.workshop_events_add(&self.workshop.id, &bodies)?;
        events.iter().for_each(|event| self.run.apply(event));
        self.platform.rooms.remember(&self.workshop.id, &self.run);
        self.platform.watch().tell(&channel_of(&self.workshop.id), "workshop.changed");
        Ok(())
    }

    /// Tells the drill beneath. It is told before the events are kept: if the program is killed between the two, the same can be done
    /// again, and the drill takes it once.
    fn tell(&mut self, person: &Person, told: &ToWorld) -> Result<(), WorkshopError> {
        if matches!(told, ToWorld::Begin(0)) && self.world.is_none() {
            self.begin(person)?;
        }
        let Some(world) = &self.world else { return Err(WorkshopError::Gone) };
        match told {
            ToWorld::Begin(place) => {
                world.let_run(false)?;
                world.catch_up()?;
                world.mark(&mark(*place))?;
                self.enter(world, *place)?;
            }
            ToWorld::Return(place) => {
                world.return_to(&mark(*place))?;
                self.enter(world, *place)?;
            }
            ToWorld::Inject(inject) => {
                let known = self.case.inject_in_world(inject);
                world.inject(&known.ok_or(WorkshopError::Gone)?)?;
            }
            ToWorld::Carry { decision, option } => {
                let command = decided_command(decision, option);
                world.give(&format!("{command} {}", self.run.rewound), &command)?;
            }
            ToWorld::Run(runs) => world.let_run(*runs)?,
            ToWorld::Pass(minutes) => world.pass(*minutes)?,
            ToWorld::End => world.end()?,
        }
        Ok(())
    }

    /// A hospital for the workshop.
    fn begin(&mut self, person: &Person) -> Result<(), WorkshopError> {
        let Some(scenario) = self.scenario else { return Err(WorkshopError::Gone) };
        let world = World::begin(self.platform, person, scenario, FACILITATOR, self.seed)?;
        self.workshop.sandbox = Some(world.sandbox().clone());
        self.platform.records.workshop_set(&self.workshop)?;
        self.world = Some(world);
        Ok(())
    }

    /// Lets a phase begin in the hospital, whose clock runs in those of play.
    fn enter(&self, world: &World<'_>, place: usize) -> Result<(), WorkshopError> {
        let Some(phase) = self.case.phases.get(place) else { return Ok(()) };
        let command = phase_command(&phase.id);
        world.give(&format!("{command} {}", self.run.rewound), &command)?;
        Ok(world.let_run(phase.kind == PhaseKind::Play && self.seed.is_none())?)
    }
}

/// The snapshot of the hospital at the beginning of a phase.
fn mark(place: usize) -> String {
    format!("phase-{}", place + 1)
}
