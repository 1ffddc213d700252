//! Chance that belongs to a place: any pixel can be drawn without those before it.

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014).
const fn mix(word: u64) -> u64 {
    let z = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A source of chance over a plane.
#[derive(Debug, Clone, Copy)]
pub(super) struct Noise(u64);

impl Noise {
    pub(super) const fn new(seed: u64) -> Self {
        Self(mix(seed))
    }

    /// Another source, for another purpose.
    pub(super) const fn part(self, number: u64) -> Self {
        Self(mix(self.0 ^ mix(number)))
    }

    /// From 0 up to 1, at a point of the grid.
    pub(super) fn at(self, x: i64, y: i64) -> f64 {
        let word = mix(self.0 ^ mix(x.cast_unsigned()).wrapping_add(mix(y.cast_unsigned()).rotate_left(17)));
        (word >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// About -1 to 1, in the shape of a bell: grain.
    pub(super) fn grain(self, x: i64, y: i64) -> f64 {
        (0..3).map(|number| self.part(number).at(x, y)).sum::<f64>() * (2.0 / 3.0) - 1.0
    }

    /// From 0 to 1, changing smoothly with one hill or dale about every unit.
    pub(super) fn smooth(self, x: f64, y: f64) -> f64 {
        let (left, top) = (x.floor(), y.floor());
        let (column, row) = (left as i64, top as i64);
        let (u, v) = (ease(x - left), ease(y - top));
        let upper = between(self.at(column, row), self.at(column + 1, row), u);
        let lower = between(self.at(column, row + 1), self.at(column + 1, row + 1), u);
        between(upper, lower, v)
    }

    /// The same with smaller hills on the hills.
    pub(super) fn cloud(self, x: f64, y: f64) -> f64 {
        let octave = |number: u64, scale: f64| self.part(number).smooth(x * scale, y * scale);
        octave(1, 1.0) * 0.5 + octave(2, 2.1) * 0.3 + octave(3, 4.3) * 0.2
    }
}

fn between(from: f64, to: f64, share: f64) -> f64 {
    from + (to - from) * share
}

fn ease(share: f64) -> f64 {
    share * share * (3.0 - 2.0 * share)
}
