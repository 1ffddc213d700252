//! Numbers with a fixed count of decimals.

/// A decimal number: `units` divided by ten to the power of `scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    /// The digits.
    pub units: i64,
    /// How many of them stand behind the point.
    pub scale: u32,
}

impl Decimal {
    /// Rounds half up to `scale` decimals.
    pub fn round(value: f64, scale: u32) -> Self {
        let shifted = value * 10_i64.pow(scale) as f64 + 0.5;
        Self { units: shifted.floor() as i64, scale }
    }

    /// The nearest floating point number, for comparisons.
    pub fn value(self) -> f64 {
        self.units as f64 / 10_i64.pow(self.scale) as f64
    }
}
