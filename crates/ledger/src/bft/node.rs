//! One validator: what it hears in, what it says and waits for out. It has no clock and no chance.

use super::log::Log;
use super::message::{Kind, Message};
use super::{QUORUM, VALIDATORS};

/// Faulty validators at most, for everything to hold.
const FAULTY_MAX: usize = (VALIDATORS - 1) / 3;

/// Where in its round a validator is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Propose,
    Prevote,
    Precommit,
}

/// What a validator does when something has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Act {
    /// It says something to everybody.
    Say(Message),
    /// It will not wait longer than this for what the step brings.
    Wait { height: u32, round: u32, step: Step },
    /// It has begun a round.
    Enter { height: u32, round: u32 },
    /// It has decided on a block, for good.
    Decide { height: u32, round: u32, value: String },
}

/// A validator.
pub(super) struct Node {
    me: usize,
    height: u32,
    round: u32,
    step: Step,
    locked: Option<(String, u32)>,
    valid: Option<(String, u32)>,
    /// What is done once in a round and was done: waiting for prevotes, for precommits, locking.
    waits_prevotes: bool,
    waits_precommits: bool,
    has_locked: bool,
    log: Log,
    acts: Vec<Act>,
}

/// Who proposes.
pub(super) fn proposer(height: u32, round: u32) -> usize {
    (height as usize + round as usize) % VALIDATORS
}

impl Node {
    pub(super) fn new(me: usize) -> Self {
        Self {
            me,
            height: 0,
            round: 0,
            step: Step::Propose,
            locked: None,
            valid: None,
            waits_prevotes: false,
            waits_precommits: false,
            has_locked: false,
            log: Log::default(),
            acts: Vec::new(),
        }
    }

    /// Begins the first block.
    pub(super) fn begin(&mut self) -> Vec<Act> {
        self.height = 1;
        self.enter(0);
        self.settle();
        std::mem::take(&mut self.acts)
    }

    /// Hears a message; says whether it was news, which is passed on.
    pub(super) fn hear(&mut self, message: &Message) -> (bool, Vec<Act>) {
        if !self.log.hear(message) {
            return (false, Vec::new());
        }
        self.settle();
        (true, std::mem::take(&mut self.acts))
    }

    /// Has waited long enough for a step of a round.
    pub(super) fn waited(&mut self, height: u32, round: u32, step: Step) -> Vec<Act> {
        if (height, round) == (self.height, self.round) {
            match step {
                Step::Propose if self.step == Step::Propose => self.vote(Kind::Prevote, None),
                Step::Prevote if self.step == Step::Prevote => self.vote(Kind::Precommit, None),
                Step::Precommit => self.enter(round + 1),
                _ => {}
            }
            self.settle();
        }
        std::mem::take(&mut self.acts)
    }

    fn enter(&mut self, round: u32) {
        (self.round, self.step) = (round, Step::Propose);
        (self.waits_prevotes, self.waits_precommits, self.has_locked) = (false, false, false);
        let height = self.height;
        self.acts.push(Act::Enter { height, round });
        if proposer(height, round) == self.me {
            let own = || format!("block {height}.{round} of {}", super::NAMES[self.me]);
            let value = self.valid.as_ref().map_or_else(own, |(value, _)| value.clone());
            let valid_round = self.valid.as_ref().map(|(_, round)| *round);
            self.say(Kind::Proposal, Some(value), valid_round);
        } else {
            self.wait(Step::Propose);
        }
    }

    /// Applies the rules of the algorithm until none applies any more.
    fn settle(&mut self) {
        while self.decides()
            || self.skips()
            || self.prevotes()
            || self.locks()
            || self.gives_up()
            || self.begins_to_wait()
        {}
    }

    /// Lines 49 to 54: three precommits for a proposal of any round decide.
    fn decides(&mut self) -> bool {
        let height = self.height;
        let decided = self.log.rounds(height).into_iter().find_map(|round| {
            let value = self.proposed(round, |node, proposal| {
                node.log.count(height, round, Kind::Precommit, proposal.value.as_deref()) >= QUORUM
            });
            Some((round, value?.value?))
        });
        let Some((round, value)) = decided else { return false };
        self.acts.push(Act::Decide { height, round, value });
        (self.height, self.locked, self.valid) = (height + 1, None, None);
        self.enter(0);
        true
    }

    /// Lines 55 and 56: more than can be faulty are in a later round.
    fn skips(&mut self) -> bool {
        let rounds = self.log.rounds(self.height);
        let later = rounds.into_iter().rev().take_while(|round| *round > self.round);
        let there = later.into_iter().find(|round| self.log.present(self.height, *round) > FAULTY_MAX);
        there.map(|round| self.enter(round)).is_some()
    }

    /// Lines 22 to 33: the first vote.
    fn prevotes(&mut self) -> bool {
        if self.step != Step::Propose {
            return false;
        }
        let (height, round) = (self.height, self.round);
        let proposal = self.proposed(round, |node, proposal| match proposal.valid_round {
            None => true,
            Some(valid) => {
                let value = proposal.value.as_deref();
                valid < round && node.log.count(height, valid, Kind::Prevote, value) >= QUORUM
            }
        });
        let Some(Message { value: Some(value), valid_round, .. }) = proposal else { return false };
        let is_free = self.locked.as_ref().is_none_or(|(locked, locked_round)| {
            *locked == value || valid_round.is_some_and(|valid| *locked_round <= valid)
        });
        self.vote(Kind::Prevote, is_free.then_some(value));
        true
    }

    /// Lines 36 to 43: three prevotes for a proposal of this round lock whoever has not voted a second time.
    fn locks(&mut self) -> bool {
        if self.has_locked || self.step < Step::Prevote {
            return false;
        }
        let (height, round) = (self.height, self.round);
        let proposal = self.proposed(round, |node, proposal| {
            node.log.count(height, round, Kind::Prevote, proposal.value.as_deref()) >= QUORUM
        });
        let Some(Message { value: Some(value), .. }) = proposal else { return false };
        self.has_locked = true;
        self.valid = Some((value.clone(), round));
        if self.step == Step::Prevote {
            self.locked = Some((value.clone(), round));
            self.vote(Kind::Precommit, Some(value));
        }
        true
    }

    /// Lines 44 to 46: three found nothing fine.
    fn gives_up(&mut self) -> bool {
        let nothing = self.log.count(self.height, self.round, Kind::Prevote, None) >= QUORUM;
        let does = self.step == Step::Prevote && nothing;
        if does {
            self.vote(Kind::Precommit, None);
        }
        does
    }

    /// Lines 34, 35, 47 and 48: three have voted, and not all for the same.
    fn begins_to_wait(&mut self) -> bool {
        let voted = |kind| self.log.voters(self.height, self.round, kind) >= QUORUM;
        if !self.waits_prevotes && self.step == Step::Prevote && voted(Kind::Prevote) {
            self.waits_prevotes = true;
            self.wait(Step::Prevote);
            return true;
        }
        if !self.waits_precommits && voted(Kind::Precommit) {
            self.waits_precommits = true;
            self.wait(Step::Precommit);
            return true;
        }
        false
    }

    /// A proposal of a round's proposer for which `fits`.
    fn proposed(&self, round: u32, fits: impl Fn(&Self, &Message) -> bool) -> Option<Message> {
        let own = |proposal: &&Message| proposal.from == proposer(self.height, round) && fits(self, proposal);
        self.log.proposals(self.height, round).find(own).cloned()
    }

    fn vote(&mut self, kind: Kind, value: Option<String>) {
        self.step = if kind == Kind::Prevote { Step::Prevote } else { Step::Precommit };
        self.say(kind, value, None);
    }

    /// What it says it has heard itself.
    fn say(&mut self, kind: Kind, value: Option<String>, valid_round: Option<u32>) {
        let (from, height, round) = (self.me, self.height, self.round);
        let message = Message { from, height, round, kind, value, valid_round };
        self.log.hear(&message);
        self.acts.push(Act::Say(message));
    }

    fn wait(&mut self, step: Step) {
        let (height, round) = (self.height, self.round);
        self.acts.push(Act::Wait { height, round, step });
    }
}
