use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// People who wait: by level, and within a level by when they came.
#[derive(Debug, Default)]
pub(super) struct Line {
    heap: BinaryHeap<Reverse<Place>>,
}

/// Where somebody stands: level, arrival, and which patient it is.
pub(super) type Place = (usize, u64, usize);

impl Line {
    pub(super) fn join(&mut self, place: Place) {
        self.heap.push(Reverse(place));
    }

    /// The first who is still there.
    pub(super) fn first(&mut self, has_left: impl Fn(usize) -> bool) -> Option<Place> {
        while let Some(Reverse(place)) = self.heap.peek() {
            if !has_left(place.2) {
                return Some(*place);
            }
            self.heap.pop();
        }
        None
    }

    pub(super) fn take(&mut self) {
        self.heap.pop();
    }
}
