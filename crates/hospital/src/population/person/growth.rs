//! Height, weight and resting signs by age.

use super::{Person, Sex};

/// Age in years, height in cm of girls and boys, body mass index, heart rate, breaths a minute.
///
/// Rounded medians of the CDC 2000 growth charts and common paediatric reference tables.
const CURVE: &[(f64, f64, f64, f64, f64, f64)] = &[
    (0.0, 49.5, 50.0, 13.4, 140.0, 42.0),
    (0.5, 65.0, 67.0, 17.2, 130.0, 36.0),
    (1.0, 74.0, 75.5, 16.9, 122.0, 30.0),
    (2.0, 85.5, 87.0, 16.4, 112.0, 26.0),
    (4.0, 101.0, 102.5, 15.5, 102.0, 23.0),
    (6.0, 115.0, 116.0, 15.4, 95.0, 21.0),
    (8.0, 127.5, 128.0, 15.9, 89.0, 20.0),
    (10.0, 138.0, 138.5, 16.8, 84.0, 19.0),
    (12.0, 151.5, 149.5, 18.0, 81.0, 18.0),
    (14.0, 160.0, 163.5, 19.3, 78.0, 17.0),
    (16.0, 162.5, 173.5, 20.6, 75.0, 16.0),
    (18.0, 163.0, 176.0, 22.0, 73.0, 15.5),
];

/// The resting body at one age.
pub(crate) struct Body {
    pub(crate) height_cm: f64,
    pub(crate) weight_kg: f64,
    pub(crate) heart_rate: f64,
    pub(crate) breaths: f64,
    pub(crate) systolic: f64,
    pub(crate) diastolic: f64,
}

impl Person {
    /// What an unhurried nurse would measure at this age on a healthy day.
    pub(crate) fn body_at(&self, us: i64) -> Body {
        let years = self.years_at(us);
        let (height, index, heart_rate, breaths) = self.curve_at(years);
        let height_cm = height * (1.0 + 0.04 * self.health.height_z);
        let index = self.index_at(years, index);
        Body {
            height_cm,
            weight_kg: index * height_cm * height_cm / 10_000.0,
            heart_rate,
            breaths,
            systolic: (86.0 + 1.9 * years).min(118.0) + (years - 40.0).clamp(0.0, 40.0) * 0.15,
            diastolic: (52.0 + 1.3 * years).min(74.0),
        }
    }

    fn curve_at(&self, years: f64) -> (f64, f64, f64, f64) {
        let height = |row: &(f64, f64, f64, f64, f64, f64)| match self.sex {
            Sex::Female => row.1,
            Sex::Male => row.2,
        };
        let last = &CURVE[CURVE.len() - 1];
        let Some(above) = CURVE.iter().position(|row| row.0 > years).filter(|row| *row > 0) else {
            return (height(last), last.3, last.4, last.5);
        };
        let (low, high) = (&CURVE[above - 1], &CURVE[above]);
        let part = (years - low.0) / (high.0 - low.0);
        let mix = |low: f64, high: f64| low + part * (high - low);
        (mix(height(low), height(high)), mix(low.3, high.3), mix(low.4, high.4), mix(low.5, high.5))
    }

    /// Children follow the curve, shifted by what they will weigh; adults keep their own index.
    fn index_at(&self, years: f64, median: f64) -> f64 {
        let own = self.health.body_mass_index;
        if years >= 20.0 {
            return own - ((40.0 - years).max(0.0) * 0.05);
        }
        median * (1.0 + (own / 25.0 - 1.0) * 0.5 * (years / 10.0).min(1.0))
    }
}
