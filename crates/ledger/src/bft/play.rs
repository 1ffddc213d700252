use std::collections::BTreeMap;

use super::fault::Fault;
use super::message::{Kind, Message};
use super::network::{arrives_ms, mixed};
use super::node::{Act, Node, Step};
use super::run::{Asked, Decision, Entered, Run, Sent};
use super::{NAMES, VALIDATORS};

/// Blocks to be agreed on at most.
const HEIGHTS_MAX: u32 = 6;
/// How long a run may take, in its own milliseconds.
const END_MS: u64 = 60_000;

/// Plays four validators until every honest one has decided on each block, or the time is over.
pub fn run(asked: Asked) -> Run {
    let asked = Asked { heights: asked.heights.clamp(1, HEIGHTS_MAX), ..asked };
    let record = Run { asked, sent: Vec::new(), decisions: Vec::new(), entered: Vec::new() };
    let nodes = (0..VALIDATORS).map(Node::new).collect();
    let mut play = Play { record, nodes, due: BTreeMap::new(), events: 0, messages: 0, now_ms: 0 };
    for validator in 0..VALIDATORS {
        let acts = play.nodes[validator].begin();
        play.carry_out(validator, acts);
    }
    while let Some(((at_ms, _), event)) = play.due.pop_first() {
        if at_ms > END_MS || play.is_over() {
            break;
        }
        play.now_ms = at_ms;
        play.happen(event);
    }
    // Validators go on to the next block before all are done with the last.
    let Run { sent, decisions, entered, .. } = &mut play.record;
    sent.retain(|one| one.message.height <= asked.heights);
    decisions.retain(|one| one.height <= asked.heights);
    entered.retain(|one| one.height <= asked.heights);
    play.record
}

enum Event {
    Arrive { to: usize, message: Message },
    Waited { validator: usize, height: u32, round: u32, step: Step },
}

struct Play {
    record: Run,
    nodes: Vec<Node>,
    /// What is to come, by time and then by when it was planned.
    due: BTreeMap<(u64, u64), Event>,
    events: u64,
    messages: u64,
    now_ms: u64,
}

impl Play {
    fn is_over(&self) -> bool {
        self.record.agreed() >= self.record.asked.heights
    }

    /// A crash comes at a time that the seed says.
    fn is_down(&self, validator: usize) -> bool {
        let from_ms = mixed(self.record.asked.seed ^ mixed(2_000_000)) % 400;
        self.record.asked.faults[validator] == Fault::Crashed && self.now_ms >= from_ms
    }

    fn happen(&mut self, event: Event) {
        match event {
            Event::Arrive { to, .. } | Event::Waited { validator: to, .. } if self.is_down(to) => {}
            Event::Arrive { to, message } => {
                let (is_news, acts) = self.nodes[to].hear(&message);
                // Whoever is honest passes on what it hears, so that what reached one reaches all.
                if is_news && self.record.asked.faults[to] != Fault::Lying {
                    for other in (0..VALIDATORS).filter(|other| *other != to && *other != message.from) {
                        self.send(to, other, message.clone());
                    }
                }
                self.carry_out(to, acts);
            }
            Event::Waited { validator, height, round, step } => {
                let acts = self.nodes[validator].waited(height, round, step);
                self.carry_out(validator, acts);
            }
        }
    }

    fn carry_out(&mut self, validator: usize, acts: Vec<Act>) {
        for act in acts {
            let at_ms = self.now_ms;
            match act {
                Act::Say(message) if self.record.asked.faults[validator] == Fault::Lying => {
                    self.lie(&message);
                }
                Act::Say(message) => {
                    let others: Vec<usize> = (0..VALIDATORS).filter(|other| *other != validator).collect();
                    self.say(message, &others);
                }
                Act::Wait { height, round, step } => {
                    // Patience grows with each round, until it outlasts any delay.
                    let patience_ms = match step {
                        Step::Propose => 300,
                        Step::Prevote | Step::Precommit => 200,
                    };
                    let at_ms = at_ms + patience_ms + 150 * u64::from(round);
                    self.plan(at_ms, Event::Waited { validator, height, round, step });
                }
                Act::Enter { height, round } => {
                    self.record.entered.push(Entered { validator, height, round, at_ms });
                }
                Act::Decide { height, round, value } => {
                    self.record.decisions.push(Decision { validator, height, round, value, at_ms });
                }
            }
        }
    }

    /// One thing to some, another to the rest. Liars know each other, and tell each other the first.
    fn lie(&mut self, message: &Message) {
        let is_lying = |other: &usize| self.record.asked.faults[*other] == Fault::Lying;
        let others = (0..VALIDATORS).filter(|other| *other != message.from);
        let (liars, honest): (Vec<usize>, Vec<usize>) = others.partition(is_lying);
        // Never all of them: with one to deceive, it is deceived.
        let (some, rest) = honest.split_at(honest.len() / 2);
        let some: Vec<usize> = liars.iter().chain(some).copied().collect();
        let other = match (&message.value, message.kind) {
            (Some(value), Kind::Proposal) => Some(format!("{value}, otherwise")),
            (Some(value), _) if self.is_of_a_liar(value) => Some(format!("{value}, otherwise")),
            _ => None,
        };
        self.say(message.clone(), &some);
        self.say(Message { value: other, ..message.clone() }, rest);
    }

    /// Whether a block was made by somebody who tells of it in two ways.
    fn is_of_a_liar(&self, value: &str) -> bool {
        let maker = NAMES.iter().position(|name| value.ends_with(name));
        maker.is_some_and(|maker| self.record.asked.faults[maker] == Fault::Lying)
    }

    fn say(&mut self, message: Message, to: &[usize]) {
        if self.is_down(message.from) || to.is_empty() {
            return;
        }
        let sent_ms = self.now_ms;
        let to = to.iter().map(|other| (*other, self.send(message.from, *other, message.clone()))).collect();
        self.record.sent.push(Sent { message, sent_ms, to });
    }

    /// Sends over the network, and says when it arrives.
    fn send(&mut self, via: usize, to: usize, message: Message) -> u64 {
        self.messages += 1;
        let Asked { seed, faults, .. } = self.record.asked;
        let at_ms = arrives_ms(seed, self.messages, self.now_ms, faults[via]);
        self.plan(at_ms, Event::Arrive { to, message });
        at_ms
    }

    fn plan(&mut self, at_ms: u64, event: Event) {
        self.events += 1;
        self.due.insert((at_ms, self.events), event);
    }
}
