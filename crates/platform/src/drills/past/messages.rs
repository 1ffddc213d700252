//! Where each message was at a moment.

use std::collections::BTreeMap;

use store::journal::NewEntry;
use store::sandbox::systems::{MessageState, Passage, Traffic};

/// Something that happened to messages and was not their last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// This one was refused.
    Refused(i64),
    /// All that waited on the interface were thrown away.
    Purged,
    /// All that were refused or thrown away wait again.
    Resent,
    /// This one waits again.
    ResentOne(i64),
    /// From now on the interface loses whatever sets out over it, or no longer.
    Swallows(bool),
}

/// What happened to messages, by interface and in order.
#[derive(Debug, Default)]
pub(super) struct Turns {
    by_interface: BTreeMap<String, Vec<(i64, Turn)>>,
}

impl Turns {
    /// Takes in an entry, of something that happened at a moment.
    pub(super) fn hear(&mut self, entry: &NewEntry, at_us: i64) {
        let detail = &entry.detail;
        let Some(interface) = detail["interface"].as_str() else { return };
        let turn = match (entry.kind.as_str(), detail["message"].as_i64()) {
            ("hl7.received", Some(seq)) if detail["state"] == MessageState::Refused.word() => {
                Turn::Refused(seq)
            }
            ("interface.purged", _) => Turn::Purged,
            ("interface.resent", _) => Turn::Resent,
            ("interface.changed", Some(seq)) => Turn::ResentOne(seq),
            ("interface.changed", None) => match detail["swallows"].as_bool() {
                Some(swallows) => Turn::Swallows(swallows),
                None => return,
            },
            _ => return,
        };
        self.by_interface.entry(interface.to_owned()).or_default().push((at_us, turn));
    }

    /// The same with everything in the order in which it happened.
    pub(super) fn in_order(mut self) -> Self {
        self.by_interface.values_mut().for_each(|turns| turns.sort_by_key(|(at_us, _)| *at_us));
        self
    }

    /// What every interface had carried by a moment.
    pub(super) fn traffic(&self, passages: &[Passage], at_us: i64) -> Vec<Traffic> {
        let mut all: BTreeMap<&str, Traffic> = BTreeMap::new();
        for passage in passages.iter().filter(|one| one.queued_us <= at_us) {
            let empty = || Traffic { interface: passage.interface.clone(), ..Traffic::default() };
            let traffic = all.entry(&passage.interface).or_insert_with(empty);
            match self.state(passage, at_us) {
                MessageState::Waiting => {
                    traffic.waiting += 1;
                    let oldest = traffic.waiting_since_us.unwrap_or(passage.queued_us);
                    traffic.waiting_since_us = Some(oldest.min(passage.queued_us));
                }
                MessageState::Delivered | MessageState::Handed => {
                    traffic.delivered += 1;
                    traffic.delivered_us = traffic.delivered_us.max(passage.settled_us);
                }
                MessageState::Refused => traffic.refused += 1,
                MessageState::Lost => traffic.lost += 1,
            }
        }
        all.into_values().collect()
    }

    /// How far a message had come by a moment. What it came to last stands with it; only what was taken back is told here.
    fn state(&self, passage: &Passage, at_us: i64) -> MessageState {
        if passage.settled_us.is_some_and(|settled_us| settled_us <= at_us) {
            return passage.state;
        }
        let turns = self.by_interface.get(&passage.interface).map_or(&[][..], Vec::as_slice);
        let set_out = turns.iter().rev().find_map(|(when_us, turn)| match turn {
            Turn::Swallows(swallows) if *when_us <= passage.queued_us => Some(!swallows),
            _ => None,
        });
        let never_set_out = passage.state == MessageState::Lost && passage.settled_us.is_none();
        let sets_out = set_out.unwrap_or(!never_set_out);
        let mut state = if sets_out { MessageState::Waiting } else { MessageState::Lost };
        for (_, turn) in turns.iter().filter(|(when_us, _)| (passage.queued_us..=at_us).contains(when_us)) {
            state = match (turn, state) {
                (Turn::Refused(seq), _) if *seq == passage.seq => MessageState::Refused,
                (Turn::Purged, MessageState::Waiting) => MessageState::Lost,
                (Turn::Resent, MessageState::Refused | MessageState::Lost) => MessageState::Waiting,
                (Turn::ResentOne(seq), _) if *seq == passage.seq => MessageState::Waiting,
                _ => state,
            };
        }
        state
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn entry(virtual_us: i64, kind: &str, detail: Value) -> NewEntry {
        let [actor, source, target, outcome] = ["ana", "page", "hospital", "ok"].map(str::to_owned);
        NewEntry {
            virtual_us,
            wall_us: 0,
            actor,
            source,
            target,
            kind: kind.to_owned(),
            subject: None,
            outcome,
            detail,
        }
    }

    fn hear(turns: &mut Turns, at_us: i64, kind: &str, detail: Value) {
        turns.hear(&entry(at_us, kind, detail), at_us);
    }

    fn turns() -> Turns {
        let mut turns = Turns::default();
        let refused = json!({"interface": "a", "message": 1, "state": "refused"});
        hear(&mut turns, 20, "hl7.received", refused);
        hear(&mut turns, 30, "interface.purged", json!({"interface": "a", "messages": 1}));
        hear(&mut turns, 40, "interface.resent", json!({"interface": "a", "messages": 2}));
        turns
    }

    fn passage(seq: i64, state: MessageState, settled_us: Option<i64>) -> Passage {
        Passage { seq, interface: "a".to_owned(), state, queued_us: 10, settled_us, change: 0 }
    }

    /// The word at each of these moments.
    fn words(turns: &Turns, passage: &Passage) -> Vec<&'static str> {
        [10, 20, 30, 40, 50].map(|at_us| turns.state(passage, at_us).word()).to_vec()
    }

    #[test]
    fn what_was_taken_back_is_told_where_it_was_then() {
        let turns = turns();
        let first = passage(1, MessageState::Delivered, Some(50));
        assert_eq!(words(&turns, &first), ["waiting", "refused", "refused", "waiting", "delivered"]);
        let second = passage(2, MessageState::Delivered, Some(50));
        assert_eq!(words(&turns, &second), ["waiting", "waiting", "lost", "waiting", "delivered"]);
        let stays = passage(3, MessageState::Waiting, None);
        assert_eq!(words(&turns, &stays), ["waiting", "waiting", "lost", "waiting", "waiting"]);
        // Where everything was lost, so was what was sent again later.
        let mut silent = Turns::default();
        hear(&mut silent, 5, "interface.changed", json!({"interface": "a", "swallows": true}));
        hear(&mut silent, 35, "interface.changed", json!({"interface": "a", "swallows": false}));
        hear(&mut silent, 40, "interface.resent", json!({"interface": "a", "messages": 1}));
        assert_eq!(words(&silent, &first), ["lost", "lost", "lost", "waiting", "delivered"]);
        let later = Passage { queued_us: 36, ..passage(5, MessageState::Waiting, None) };
        assert_eq!(silent.state(&later, 36), MessageState::Waiting);
        // One that never set out was lost at once, and waits when it is sent again.
        let never = passage(4, MessageState::Lost, None);
        assert_eq!(words(&Turns::default(), &never), ["lost"; 5]);
    }

    #[test]
    fn interfaces_are_counted_as_they_were() {
        let all =
            [passage(1, MessageState::Delivered, Some(50)), passage(2, MessageState::Delivered, Some(50))];
        let at = |at_us| turns().traffic(&all, at_us).into_iter().next().unwrap_or_default();
        assert_eq!(at(9), Traffic::default());
        assert_eq!((at(20).waiting, at(20).refused, at(20).waiting_since_us), (1, 1, Some(10)));
        assert_eq!((at(30).refused, at(30).lost), (1, 1));
        assert_eq!((at(50).delivered, at(50).delivered_us, at(50).waiting), (2, Some(50), 0));
    }
}
