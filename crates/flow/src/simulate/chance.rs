use rand_core::Rng;
use rand_pcg::Pcg64Mcg;

/// Numbers that a seed gives, in order (PCG XSL 128/64).
#[derive(Debug, Clone)]
pub struct Chance(Pcg64Mcg);

impl Chance {
    /// The numbers of a stream of a seed; streams know nothing of each other.
    #[must_use]
    pub fn new(seed: u64, stream: u64) -> Self {
        let (low, high) = (mix(seed), mix(seed ^ mix(stream.wrapping_add(1))));
        // The state of this generator has to be odd.
        Self(Pcg64Mcg::new((u128::from(high) << 64) | u128::from(low) | 1))
    }

    /// A number above 0 and at most 1, with 53 bits: its logarithm is finite.
    pub fn unit(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// Exponential with mean 1.
    pub fn exponential(&mut self) -> f64 {
        -self.unit().ln()
    }

    /// Normal with mean 0 and deviation 1 (Box and Muller 1958); always two draws.
    pub fn normal(&mut self) -> f64 {
        let (radius, turn) = (self.unit(), self.unit());
        (-2.0 * radius.ln()).sqrt() * (std::f64::consts::TAU * turn).cos()
    }
}

/// Spreads the bits of a number (`SplitMix64`).
fn mix(number: u64) -> u64 {
    let mut bits = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}
