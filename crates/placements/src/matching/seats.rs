//! The places of one programme while the match runs.

use super::Party;

/// Where an applicant stands whom the programme did not rank: behind all others.
pub(super) const UNRANKED: u32 = u32::MAX;

/// Who holds a place: where the programme puts them, and who they are; best first.
#[derive(Debug, Clone, Default)]
pub(super) struct Seats {
    capacity: usize,
    held: Vec<(u32, u32)>,
}

impl Seats {
    /// Empty places.
    pub(super) fn new(capacity: u32) -> Self {
        Self { capacity: capacity as usize, held: Vec::new() }
    }

    /// Whether newcomers of one party, the last of whom stands at `worst`, would all get a place. What the party holds here
    /// already it would give up, and so does not stand in its own way.
    pub(super) fn would_take(&self, newcomers: usize, worst: u32, party: &Party) -> bool {
        let better = self.held.partition_point(|(order, _)| *order < worst);
        if better + newcomers <= self.capacity {
            return true;
        }
        let own = self.held[..better].iter().filter(|(_, applicant)| party.has(*applicant)).count();
        better - own + newcomers <= self.capacity
    }

    /// Gives a place.
    pub(super) fn give(&mut self, order: u32, applicant: u32) {
        let at = self.held.partition_point(|held| *held < (order, applicant));
        self.held.insert(at, (order, applicant));
    }

    /// Takes a place back.
    pub(super) fn take(&mut self, order: u32, applicant: u32) {
        if let Ok(at) = self.held.binary_search(&(order, applicant)) {
            self.held.remove(at);
        }
    }

    /// Who is beyond the capacity, the last first.
    pub(super) fn displaced(&self) -> Option<u32> {
        (self.held.len() > self.capacity).then(|| self.held.last().map(|(_, applicant)| *applicant))?
    }

    /// Whether a place is free.
    pub(super) fn has_room(&self) -> bool {
        self.held.len() < self.capacity
    }

    /// Where the last who holds a place stands.
    pub(super) fn last(&self) -> Option<u32> {
        self.held.last().map(|(order, _)| *order)
    }

    /// How many hold a place.
    pub(super) fn taken(&self) -> usize {
        self.held.len()
    }
}
