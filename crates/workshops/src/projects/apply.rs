use std::collections::{BTreeMap, BTreeSet};

use super::act::{Act, Event, ItemState, What};
use super::run::{Charter, Item, Look, Question, Review, Ruling, Run, Statement, Version};

impl Run {
    /// The run that events make.
    #[must_use]
    pub fn of(events: &[Event]) -> Self {
        let mut run = Self::default();
        events.iter().for_each(|event| run.apply(event));
        run
    }

    /// Lets an event happen. It was permitted before; nothing is judged here.
    pub fn apply(&mut self, event: &Event) {
        self.seq = event.seq;
        let (who, at_us) = (event.who.clone(), event.at_us);
        match &event.what {
            What::Began { members } => (self.members, self.began_us) = (members.clone(), at_us),
            What::Looked { found } => self.looks.push(Look { at_us, by: who, found: found.clone() }),
            What::Closed => self.closed_us = Some(at_us),
            What::Did { act } => self.did(who, at_us, act.clone()),
        }
    }

    fn did(&mut self, by: String, at_us: i64, act: Act) {
        match act {
            Act::Charter { purpose, roles, agreement, risks } => {
                let version = self.charter.as_ref().map_or(0, |charter| charter.version) + 1;
                let signed = BTreeSet::new();
                self.charter = Some(Charter { version, by, at_us, purpose, roles, agreement, risks, signed });
            }
            Act::Sign { .. } => {
                if let Some(charter) = &mut self.charter {
                    charter.signed.insert(by);
                }
            }
            Act::AddItem { title, done_when, milestone } => self.items.push(Item {
                title,
                done_when,
                milestone,
                owner: None,
                state: ItemState::Open,
                evidence: Vec::new(),
            }),
            Act::OwnItem { item, owner } => self.alter(item, |item| item.owner = owner),
            Act::MoveItem { item, to } => self.alter(item, |item| item.state = to),
            Act::LinkItem { item, evidence } => self.alter(item, |item| item.evidence.push(evidence)),
            Act::Contribute { to, text } => {
                let words = BTreeMap::new();
                self.statements.insert(by, Statement { to, text, at_us, words });
            }
            Act::Confirm { of, agrees, words } => {
                if let Some(statement) = self.statements.get_mut(&of) {
                    statement.words.insert(by, (agrees, words));
                }
            }
            Act::Defend { on } => self.defence.on = Some(on),
            Act::Question { to, asked, answered } => {
                self.defence.questions.push(Question { by, to, asked, answered });
            }
            Act::Mark { marks } => drop(self.defence.marks.insert(by, marks)),
            on_work => self.did_on_work(by, at_us, on_work),
        }
    }

    fn did_on_work(&mut self, by: String, at_us: i64, act: Act) {
        match act {
            Act::HandIn { milestone, text, with, file } => {
                let work = self.work.entry(milestone).or_default();
                work.versions.push(Version { by, with, at_us, text, file });
                work.ruling = None;
            }
            Act::Review { milestone, version, marks, words } => {
                let work = self.work.entry(milestone).or_default();
                work.reviews.push(Review { by, at_us, version, marks, words, answer: None });
            }
            Act::Answer { milestone, review, text } => {
                let reviews = self.work.get_mut(&milestone).map(|work| &mut work.reviews);
                if let Some(review) = reviews.and_then(|reviews| reviews.get_mut(place(review))) {
                    review.answer = Some((by, text));
                }
            }
            Act::Rule { milestone, accepted, words } => {
                let work = self.work.entry(milestone).or_default();
                work.ruling = Some(Ruling { by, at_us, accepted, words });
            }
            _ => {}
        }
    }

    fn alter(&mut self, item: u32, change: impl FnOnce(&mut Item)) {
        if let Some(item) = self.items.get_mut(place(item)) {
            change(item);
        }
    }
}

/// The place of what is counted from 1; nowhere for 0.
pub(super) fn place(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX).wrapping_sub(1)
}
