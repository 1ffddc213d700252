use super::event::{Event, What};
use super::state::{
    Came, HandedOff, HotWash, Improvement, LogEntry, Member, Message, Note, Run, Shared, Stood,
};

impl Run {
    /// The run that events make.
    #[must_use]
    pub fn of(events: &[Event]) -> Self {
        let mut run = Self::default();
        events.iter().for_each(|event| run.apply(event));
        run
    }

    /// Lets an event happen. It was decided before; nothing is judged here.
    pub fn apply(&mut self, event: &Event) {
        self.seq = event.seq;
        match &event.what {
            What::Joined { who, name } => {
                let member = Member { name: name.clone(), role: None };
                self.members.entry(who.clone()).or_insert(member);
            }
            What::Facilitates { who } => self.facilitator = Some(who.clone()),
            What::Seated { who, role } => {
                if let Some(member) = self.members.get_mut(who) {
                    member.role.clone_from(role);
                }
                if let Some(role) = role {
                    self.covered.remove(role);
                }
            }
            What::Covered { role, covered: true } => drop(self.covered.insert(role.clone())),
            What::Covered { role, covered: false } => drop(self.covered.remove(role)),
            What::Said { role, to, text } => self.message(event, (role, to), text, false),
            What::Nudged { to, text } => self.message(event, (&None, to), text, true),
            What::Noted { text } => self.notes.push(Note { at_us: event.at_us, text: text.clone() }),
            What::Improved { issue, action, capability, owner, due } => {
                let [issue, action, capability, owner, due] =
                    [issue, action, capability, owner, due].map(Clone::clone);
                self.improvements.push(Improvement { issue, action, capability, owner, due });
            }
            What::RatersNamed { .. } | What::Rated { .. } | What::Settled { .. } | What::Agreed { .. } => {
                self.raters.apply(&event.what);
            }
            What::Stepped { phase } => self.step(event, *phase),
            What::Rewound { phase } => self.rewind(event, *phase),
            _ => self.play_on(event),
        }
    }

    fn message(
        &mut self,
        event: &Event,
        (role, to): (&Option<String>, &Option<String>),
        text: &str,
        nudge: bool,
    ) {
        let (seq, at_us, by) = (event.seq, event.at_us, event.by.clone());
        let (role, to, text) = (role.clone(), to.clone(), text.to_owned());
        self.messages.push(Message { seq, at_us, by, role, to, text, nudge });
    }

    fn step(&mut self, event: &Event, phase: usize) {
        self.marks.insert(phase, self.play.clone());
        if self.play.phase.is_none() {
            self.play.begun_us = event.at_us;
        }
        self.enter(event, phase);
    }

    fn rewind(&mut self, event: &Event, phase: usize) {
        let Some(mark) = self.marks.get(&phase).cloned() else { return };
        let begun_us = self.play.begun_us;
        self.play = mark;
        self.play.begun_us = begun_us;
        self.marks.retain(|place, _| *place <= phase);
        self.rewound += 1;
        self.enter(event, phase);
    }

    fn enter(&mut self, event: &Event, phase: usize) {
        self.play.phase = Some(phase);
        self.play.phase_us = event.at_us;
        self.play.phase_wall_us = event.wall_us;
        self.play.paused = false;
    }

    /// What a step back takes back.
    fn play_on(&mut self, event: &Event) {
        let (play, at_us) = (&mut self.play, event.at_us);
        match &event.what {
            What::Paused { paused } => play.paused = *paused,
            What::Came { inject, world_seq, care } => {
                (play.world_seq, play.care) = (*world_seq, *care);
                play.came.push(Came { id: inject.clone(), at_us });
            }
            What::Breached { never, world_seq, care } => {
                (play.world_seq, play.care) = (*world_seq, *care);
                play.breached.push(Came { id: never.clone(), at_us });
            }
            What::Shared { role, fact, to } => {
                let (fact, role, to) = (fact.clone(), role.clone(), to.clone());
                play.shared.push(Shared { fact, role, to, at_us });
            }
            What::Answered { role, moment, answers } => {
                let stood = Stood { answers: answers.clone(), at_us };
                play.answers.entry(*moment).or_default().insert(role.clone(), stood);
            }
            What::Voted { role, decision, option } => {
                let ballot = play.ballots.entry(decision.clone()).or_default();
                ballot.votes.insert(role.clone(), option.clone());
            }
            What::Revealed { decision } => {
                play.ballots.entry(decision.clone()).or_default().revealed = true;
            }
            What::Decided { role, decision, option, because, evidence, journal, owner, review } => {
                let [role, decision, option, because, owner, review] =
                    [role, decision, option, because, owner, review].map(Clone::clone);
                let (evidence, journal, dissent) = (evidence.clone(), journal.clone(), Vec::new());
                play.log.push(LogEntry {
                    decision,
                    option,
                    role,
                    because,
                    evidence,
                    journal,
                    owner,
                    review,
                    dissent,
                    at_us,
                });
            }
            What::Dissented { role, decision, text } => {
                if let Some(entry) = play.log.iter_mut().find(|entry| entry.decision == *decision) {
                    entry.dissent.push((role.clone(), text.clone()));
                }
            }
            What::HandedOff { from, to, sbar } => {
                let (number, from, to, sbar) = (event.seq, from.clone(), to.clone(), sbar.clone());
                let (read_back, closed_us) = (None, None);
                play.hand_offs.push(HandedOff { number, from, to, sbar, at_us, read_back, closed_us });
            }
            What::ReadBack { number, text, .. } => {
                if let Some(one) = play.hand_offs.iter_mut().find(|one| one.number == *number) {
                    one.read_back = Some(text.clone());
                }
            }
            What::Confirmed { number, right } => {
                if let Some(one) = play.hand_offs.iter_mut().find(|one| one.number == *number) {
                    // What was said back wrong is said back anew.
                    if *right {
                        one.closed_us = Some(at_us);
                    } else {
                        one.read_back = None;
                    }
                }
            }
            What::HotWashed { role, well, change } => {
                let (role, well, change) = (role.clone(), well.clone(), change.clone());
                play.hot_wash.push(HotWash { role, well, change });
            }
            What::Ended { care } => {
                (play.ended_us, play.care) = (Some(at_us), *care);
            }
            _ => {}
        }
    }
}
