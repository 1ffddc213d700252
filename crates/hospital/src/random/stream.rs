//! The numbers behind one decision.

use rand_core::Rng;
use rand_pcg::Pcg64Mcg;

/// Quantiles of the standard log-normal law with sigma 0.7, at 1/32, 3/32 ... 31/32.
const LONG_TAIL: [f64; 16] = [
    0.271, 0.398, 0.493, 0.578, 0.661, 0.745, 0.834, 0.947, 1.056, 1.199, 1.342, 1.513, 1.731, 2.029, 2.514,
    3.684,
];

/// Mean of [`LONG_TAIL`].
const LONG_TAIL_MEAN: f64 = 1.2496;

/// The numbers of one [`Key`](super::Key), in order.
#[derive(Clone, Debug)]
pub struct Stream(Pcg64Mcg);

impl Stream {
    pub(super) fn new(generator: Pcg64Mcg) -> Self {
        Self(generator)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// A number in `0..count`; 0 when `count` is 0.
    pub fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.bits()) * count as u128) >> 64) as usize
    }

    /// A number in `low..=high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).max(0) as u128 + 1;
        low + ((u128::from(self.bits()) * span) >> 64) as i64
    }

    /// A number in `0.0..1.0`, with 53 bits.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with the given probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Roughly normal: the sum of four uniform numbers, so never beyond 3.5 deviations.
    pub fn normal(&mut self, mean: f64, deviation: f64) -> f64 {
        let sum = self.unit() + self.unit() + self.unit() + self.unit();
        mean + (sum - 2.0) * 1.732_050_8 * deviation
    }

    /// Skewed like a length of stay: log-normal, with the given mean.
    pub fn long_tail(&mut self, mean: f64) -> f64 {
        let quantile = LONG_TAIL[self.below(LONG_TAIL.len())];
        mean * quantile / LONG_TAIL_MEAN * (0.9 + 0.2 * self.unit())
    }

    /// One of the items; the slice must not be empty.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }

    /// One of the items, in proportion to their weights; the slice must not be empty.
    pub fn weighted<'a, T>(&mut self, items: &'a [T], weight: impl Fn(&T) -> f64) -> &'a T {
        let mut rest = self.unit() * items.iter().map(&weight).sum::<f64>();
        let chosen = items.iter().position(|item| {
            rest -= weight(item);
            rest < 0.0
        });
        &items[chosen.unwrap_or(items.len() - 1)]
    }
}

#[cfg(test)]
mod tests {
    use crate::random::Key;

    #[test]
    fn a_key_gives_the_same_numbers_every_time() {
        let key = Key::new(7).name("asthma").number(3);
        let mut one = key.stream();
        let mut two = key.stream();
        assert!((0..100).all(|_| one.bits() == two.bits()));
    }

    #[test]
    fn neighbouring_keys_share_nothing() {
        let mut one = Key::new(7).number(1).stream();
        let mut two = Key::new(7).number(2).stream();
        assert!((0..100).all(|_| one.bits() != two.bits()));
    }

    #[test]
    fn laws_have_the_stated_means() {
        let mut stream = Key::new(1).stream();
        let mean = |draw: &mut dyn FnMut() -> f64| (0..50_000).map(|_| draw()).sum::<f64>() / 5e4;
        assert!((mean(&mut || stream.normal(10.0, 2.0)) - 10.0).abs() < 0.05);
        assert!((mean(&mut || stream.long_tail(4.5)) - 4.5).abs() < 0.05);
        assert!((mean(&mut || stream.between(1, 6) as f64) - 3.5).abs() < 0.05);
        assert!(
            (mean(&mut || stream.weighted(&[(0.0, 1.0), (1.0, 3.0)], |item| item.1).0) - 0.75).abs() < 0.02
        );
    }

    #[test]
    fn ranges_are_kept() {
        let mut stream = Key::new(2).stream();
        for _ in 0..10_000 {
            assert!((-3..=4).contains(&stream.between(-3, 4)));
            assert!(stream.below(5) < 5);
            assert!((0.0..1.0).contains(&stream.unit()));
        }
        assert_eq!(stream.below(0), 0);
        assert_eq!(stream.between(9, 9), 9);
    }
}
