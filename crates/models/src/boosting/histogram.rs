use super::bins::{Binned, SLOTS};

/// First and second derivative of the loss, of one row or summed.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Slope {
    pub(super) first: f64,
    pub(super) second: f64,
}

impl Slope {
    pub(super) fn and(self, other: Self) -> Self {
        Self { first: self.first + other.first, second: self.second + other.second }
    }

    pub(super) fn without(self, other: Self) -> Self {
        Self { first: self.first - other.first, second: self.second - other.second }
    }
}

/// Slopes summed by column and bin.
pub(super) struct Histogram(pub(super) Vec<Slope>);

impl Histogram {
    pub(super) fn of(binned: &Binned, rows: &[u32], slopes: &[Slope]) -> Self {
        let mut sums = vec![Slope::default(); binned.width * SLOTS];
        for row in rows {
            let slope = slopes[*row as usize];
            for (bin, slots) in binned.row(*row).iter().zip(sums.chunks_exact_mut(SLOTS)) {
                let slot = &mut slots[*bin as usize];
                slot.first += slope.first;
                slot.second += slope.second;
            }
        }
        Self(sums)
    }

    /// What is left of it when a part is taken away.
    pub(super) fn without(mut self, part: &Self) -> Self {
        for (whole, part) in self.0.iter_mut().zip(&part.0) {
            *whole = whole.without(*part);
        }
        self
    }
}
