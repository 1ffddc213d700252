//! The drill that plays beneath a workshop.

use scenarios::model::{Command, Inject, Never, Outcome, Place, Role, Scenario, Term};

use super::case::Case;

/// The role in the drill that sets phases and carries decisions.
pub const FACILITATOR: &str = "facilitator";
/// The longest a workshop can last, in minutes of the hospital.
const LASTS_MIN: u32 = 7 * 24 * 60;

/// The flag that is up while a phase goes on; conditions of a case name it.
#[must_use]
pub fn phase_flag(phase: &str) -> String {
    format!("phase-{phase}")
}

/// The command that begins a phase.
#[must_use]
pub fn phase_command(phase: &str) -> String {
    format!("begin-{phase}")
}

/// The command that carries out what was decided.
#[must_use]
pub fn decided_command(decision: &str, option: &str) -> String {
    format!("decide-{decision}-{option}")
}

impl Case {
    /// The scenario of the drill beneath: the case's events, what must never be and what is measured, with a command for each phase and for
    /// each thing that can be decided.
    ///
    /// Whoever works in the hospital can read its journal, in which the drill's events stand. So events and what must never be are
    /// called by their place there: a name like `second-strain` would tell what is still to come.
    #[must_use]
    pub fn world(&self) -> Scenario {
        Scenario {
            id: world_id(&self.id),
            version: self.version.clone(),
            title: self.title.clone(),
            summary: self.summary.clone(),
            level: self.level.clone(),
            minutes: self.minutes(),
            lasts_min: LASTS_MIN,
            rate: self.rate,
            image: self.image.clone(),
            virtual_now: self.virtual_now.clone(),
            accounts: self.accounts.clone(),
            roles: vec![Role {
                id: FACILITATOR.to_owned(),
                title: FACILITATOR.to_owned(),
                about: String::new(),
            }],
            commands: self.commands(),
            injects: (1..).zip(&self.injects).map(|(place, one)| opaque_inject(place, one)).collect(),
            nevers: (1..)
                .zip(&self.nevers)
                .map(|(place, one)| Never { id: never_id(place), title: String::new(), ..one.clone() })
                .collect(),
            meters: self.meters.clone(),
            ..Scenario::default()
        }
    }

    /// The inject that an event of the drill names.
    #[must_use]
    pub fn inject_of_world(&self, id: &str) -> Option<&Inject> {
        (1..).zip(&self.injects).find(|(place, _)| inject_id(*place) == id).map(|(_, one)| one)
    }

    /// What an inject is called in the drill.
    #[must_use]
    pub fn inject_in_world(&self, id: &str) -> Option<String> {
        self.injects.iter().position(|one| one.id == id).map(|place| inject_id(place + 1))
    }

    /// What must never be, as an event of the drill names it.
    #[must_use]
    pub fn never_of_world(&self, id: &str) -> Option<&Never> {
        (1..).zip(&self.nevers).find(|(place, _)| never_id(*place) == id).map(|(_, one)| one)
    }

    fn commands(&self) -> Vec<Command> {
        let flags: Vec<String> = self.phases.iter().map(|phase| phase_flag(&phase.id)).collect();
        let phases = self.phases.iter().map(|phase| {
            let own = phase_flag(&phase.id);
            let clears = flags.iter().filter(|flag| **flag != own).cloned().collect();
            let outcome = Outcome { sets: vec![own], clears, ..Outcome::default() };
            command(phase_command(&phase.id), outcome)
        });
        let decided = self.decisions.iter().flat_map(|decision| {
            decision.options.iter().map(|option| {
                let (sets, effects) = (option.sets.clone(), option.effects.clone());
                command(
                    decided_command(&decision.id, &option.id),
                    Outcome { sets, effects, ..Outcome::default() },
                )
            })
        });
        phases.chain(decided).collect()
    }
}

/// What the scenario beneath a case is called.
fn world_id(case: &str) -> String {
    format!("workshop-{case}")
}

fn inject_id(place: usize) -> String {
    format!("event-{place}")
}

fn never_id(place: usize) -> String {
    format!("never-{place}")
}

fn opaque_inject(place: usize, one: &Inject) -> Inject {
    Inject { id: inject_id(place), title: String::new(), expected: String::new(), ..one.clone() }
}

fn command(id: String, outcome: Outcome) -> Command {
    let needs: Vec<Term> = Vec::new();
    Command {
        title: id.clone(),
        id,
        about: String::new(),
        place: Place::default(),
        role: FACILITATOR.to_owned(),
        takes_min: 0,
        needs,
        refused: String::new(),
        again: true,
        ends: false,
        outcomes: vec![outcome],
    }
}
