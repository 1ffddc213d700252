use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What happens next: events by time, and those of one moment in the order in which they were planned.
#[derive(Debug)]
pub(super) struct Agenda<E> {
    heap: BinaryHeap<Reverse<Planned<E>>>,
    planned: u64,
}

#[derive(Debug)]
struct Planned<E> {
    at_us: u64,
    order: u64,
    event: E,
}

impl<E> Agenda<E> {
    pub(super) fn new() -> Self {
        Self { heap: BinaryHeap::new(), planned: 0 }
    }

    pub(super) fn plan(&mut self, at_us: u64, event: E) {
        self.planned += 1;
        self.heap.push(Reverse(Planned { at_us, order: self.planned, event }));
    }

    pub(super) fn next(&mut self) -> Option<(u64, E)> {
        self.heap.pop().map(|Reverse(planned)| (planned.at_us, planned.event))
    }
}

impl<E> PartialEq for Planned<E> {
    fn eq(&self, other: &Self) -> bool {
        (self.at_us, self.order) == (other.at_us, other.order)
    }
}

impl<E> Eq for Planned<E> {}

impl<E> PartialOrd for Planned<E> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for Planned<E> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.at_us, self.order).cmp(&(other.at_us, other.order))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_planned_for_one_moment_keeps_its_order() {
        let mut agenda = Agenda::new();
        for (at_us, event) in [(5, 'c'), (1, 'a'), (5, 'd'), (2, 'b')] {
            agenda.plan(at_us, event);
        }
        let played: Vec<(u64, char)> = std::iter::from_fn(|| agenda.next()).collect();
        assert_eq!(played, [(1, 'a'), (2, 'b'), (5, 'c'), (5, 'd')]);
    }
}
