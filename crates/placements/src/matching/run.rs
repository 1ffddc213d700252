//! Deferred acceptance, with couples.

use std::collections::BTreeSet;

use super::seats::Seats;
use super::{Choice, Market, Party, blocking, lottery};

/// Orders of couples that are tried before the outcome with the fewest blocking parties is taken; fewer in large markets, where another order
/// seldom helps and takes long.
const ORDERS_MAX: usize = 24;

/// Below this, a large market still gets its chances.
const ORDERS_MIN: usize = 4;

/// Orders times parties that are worth trying.
const WORK: usize = 100_000;

/// How often one couple may be asked to start over. Without couples nobody ever is; with them the same places may go round in a
/// circle, and somebody has to stop it.
const RESTARTS: u32 = 12;

/// Who got what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The programme of each applicant.
    pub places: Vec<Option<u32>>,
    /// How often a party asked for a choice, in the order of couples that was kept.
    pub proposals: u64,
    /// How many orders of couples were tried; 1 if the first was stable.
    pub orders_tried: u64,
    /// Whether a circle had to be cut in the order that was kept.
    pub cut: bool,
}

/// Runs the match.
///
/// Single applicants are placed first; then couples come in, one after another, in an order made from the seed. A couple that
/// loses one place gives up the other, whose programme then asks those who would rather be there. If what comes out is not stable, other orders
/// are tried, and the outcome with the fewest blocking parties is kept, the first of equals.
#[must_use]
pub fn run(market: &Market) -> Outcome {
    let mut singles = Asking::new(market);
    for party in (0..market.parties.len()).rev().filter(|party| market.parties[*party].second.is_none()) {
        singles.stack.push(party);
    }
    singles.settle();
    let couples: Vec<usize> =
        (0..market.parties.len()).filter(|party| market.parties[*party].second.is_some()).collect();
    let mut best: Option<(usize, Outcome)> = None;
    let orders = (WORK / market.parties.len().max(1)).clamp(ORDERS_MIN, ORDERS_MAX) as u64;
    let orders = if couples.is_empty() { 1 } else { orders };
    for order in 0..orders {
        let outcome = with_couples(market, singles.clone(), &couples, order);
        let blocked = blocking(market, &outcome.places).len();
        if best.as_ref().is_none_or(|(fewest, _)| blocked < *fewest) {
            best = Some((blocked, outcome));
        }
        if let Some((fewest, outcome)) = &mut best {
            outcome.orders_tried = order + 1;
            if *fewest == 0 {
                break;
            }
        }
    }
    best.map_or_else(|| singles.outcome(), |(_, outcome)| outcome)
}

fn with_couples(market: &Market, mut asking: Asking<'_>, couples: &[usize], order: u64) -> Outcome {
    let mut waiting = couples.to_vec();
    let name = |party: usize| market.applicants[market.parties[party].first as usize].name.as_str();
    waiting.sort_by_key(|party| (lottery(market.seed.wrapping_add(order), name(*party)), *party));
    for party in waiting {
        asking.stack.push(party);
        asking.settle();
    }
    asking.outcome()
}

/// The state of asking.
#[derive(Clone)]
struct Asking<'a> {
    market: &'a Market,
    seats: Vec<Seats>,
    /// The choice each party holds.
    holds: Vec<Option<usize>>,
    /// The choice each party asks for next.
    next: Vec<usize>,
    /// Parties that go on asking, the last first.
    stack: Vec<usize>,
    /// Programmes that had a place again.
    opened: BTreeSet<u32>,
    restarts: Vec<u32>,
    proposals: u64,
    proposals_max: u64,
    cut: bool,
}

impl<'a> Asking<'a> {
    fn new(market: &'a Market) -> Self {
        let parties = market.parties.len();
        let choices: usize = market.parties.iter().map(|party| party.choices.len()).sum();
        Self {
            market,
            seats: market.programs.iter().map(|program| Seats::new(program.capacity)).collect(),
            holds: vec![None; parties],
            next: vec![0; parties],
            stack: Vec::new(),
            opened: BTreeSet::new(),
            restarts: vec![0; parties],
            proposals: 0,
            proposals_max: 16 * (choices as u64 + 1),
            cut: false,
        }
    }

    /// Lets everybody ask who still wants to, then every programme that has a place again, until nothing moves.
    fn settle(&mut self) {
        loop {
            while let Some(party) = self.stack.pop() {
                self.ask(party);
            }
            let Some(program) = self.opened.pop_first() else { return };
            if let Some(party) = self.who_would_come(program) {
                self.restarts[party] += 1;
                self.next[party] = 0;
                self.stack.push(party);
                self.opened.insert(program);
            }
        }
    }

    /// One party goes down its list until something is given, or it arrives at what it holds.
    fn ask(&mut self, party: usize) {
        let market = self.market;
        let who = &market.parties[party];
        while let Some(choice) = who.choices.get(self.next[party]) {
            if self.holds[party] == Some(self.next[party]) {
                return;
            }
            self.proposals += 1;
            if would_take(&self.seats, who, choice) {
                self.seat(party, self.next[party]);
                return;
            }
            self.next[party] += 1;
        }
    }

    fn seat(&mut self, party: usize, choice: usize) {
        self.unseat(party);
        let who = &self.market.parties[party];
        self.holds[party] = Some(choice);
        for (seat, applicant) in seats_of(who, &who.choices[choice]) {
            self.seats[seat.0 as usize].give(seat.1, applicant);
        }
        for (seat, _) in seats_of(who, &who.choices[choice]) {
            while let Some(displaced) = self.seats[seat.0 as usize].displaced() {
                self.turn_away(self.market.applicants[displaced as usize].party as usize);
            }
        }
    }

    fn turn_away(&mut self, party: usize) {
        let held = self.holds[party];
        self.unseat(party);
        self.next[party] = held.map_or(0, |held| held + 1);
        self.stack.push(party);
    }

    /// Gives up all that a party holds; its programmes have a place again.
    fn unseat(&mut self, party: usize) {
        let Some(held) = self.holds[party].take() else { return };
        let who = &self.market.parties[party];
        for (seat, applicant) in seats_of(who, &who.choices[held]) {
            let seats = &mut self.seats[seat.0 as usize];
            seats.take(seat.1, applicant);
            if seats.has_room() {
                self.opened.insert(seat.0);
            }
        }
    }

    /// The first of a programme's list whose party would rather have a choice with it, and would get it. Somebody may have taken the place in the
    /// meantime who stands behind others, so a programme that is full again asks as well, down to the last it holds.
    fn who_would_come(&mut self, program: u32) -> Option<usize> {
        let market = self.market;
        let there = &self.seats[program as usize];
        let until = if there.has_room() { None } else { there.last() };
        if self.proposals > self.proposals_max {
            self.cut = true;
            return None;
        }
        let ranked = &market.programs[program as usize].ranked;
        for (applicant, _) in &ranked[..until.map_or(ranked.len(), |last| ranked.len().min(last as usize))] {
            let party = market.applicants[*applicant as usize].party as usize;
            let who = &market.parties[party];
            let better = &who.choices[..self.holds[party].unwrap_or(who.choices.len())];
            let asks = |choice: &&Choice| choice.seats.iter().flatten().any(|seat| seat.program == program);
            if !better.iter().filter(asks).any(|choice| would_take(&self.seats, who, choice)) {
                continue;
            }
            if who.second.is_some() && self.restarts[party] >= RESTARTS {
                self.cut = true;
                continue;
            }
            return Some(party);
        }
        None
    }

    fn outcome(&self) -> Outcome {
        let mut places = vec![None; self.market.applicants.len()];
        for (who, held) in self.market.parties.iter().zip(&self.holds) {
            for (seat, applicant) in held.iter().flat_map(|held| seats_of(who, &who.choices[*held])) {
                places[applicant as usize] = Some(seat.0);
            }
        }
        Outcome { places, proposals: self.proposals, orders_tried: 1, cut: self.cut }
    }
}

/// The seats of a choice as programme and order, each with the member who takes it.
fn seats_of(party: &Party, choice: &Choice) -> impl Iterator<Item = ((u32, u32), u32)> + use<> {
    let members = party.members();
    let seats = choice.seats;
    (0..2).filter_map(move |at| {
        let seat = seats[at]?;
        Some(((seat.program, seat.order?), members[at]?))
    })
}

/// Whether every seat of a choice would be given to the party.
pub(super) fn would_take(seats: &[Seats], party: &Party, choice: &Choice) -> bool {
    match choice.seats {
        [Some(first), Some(second)] => {
            let (Some(a), Some(b)) = (first.order, second.order) else { return false };
            if first.program == second.program {
                return seats[first.program as usize].would_take(2, a.max(b), party);
            }
            seats[first.program as usize].would_take(1, a, party)
                && seats[second.program as usize].would_take(1, b, party)
        }
        [Some(only), None] | [None, Some(only)] => {
            only.order.is_some_and(|order| seats[only.program as usize].would_take(1, order, party))
        }
        [None, None] => true,
    }
}
