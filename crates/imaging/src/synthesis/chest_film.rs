//! A frontal chest film: what the ray meets on its way adds up.

use std::collections::BTreeSet;

use super::kind::Finding;
use super::noise::Noise;
use super::place::Place;
use super::shape::{band, ellipse, soft};

/// Pixels along each side.
pub(super) const SIDE: u32 = 512;
/// The greatest value of 12 bits.
const VALUE_MAX: f64 = 4095.0;

/// One person's chest.
pub(super) struct Chest<'a> {
    noise: Noise,
    findings: &'a BTreeSet<Finding>,
    /// The sides of the picture that a finding is on.
    sides: &'static [f64],
    /// How high a finding stands.
    height: f64,
}

impl<'a> Chest<'a> {
    pub(super) fn new(seed: u64, findings: &'a BTreeSet<Finding>, place: Place) -> Self {
        let noise = Noise::new(seed);
        Self { noise, findings, sides: place.sides(noise), height: place.height(noise) }
    }

    /// The value of a pixel, 12 bits, dense is bright.
    pub(super) fn value(&self, p: (f64, f64), (column, row): (u32, u32)) -> u16 {
        if is_marker(column, row) {
            return VALUE_MAX as u16;
        }
        let grain = self.noise.part(1).grain(column.into(), row.into()) * 38.0;
        (280.0 + self.density(p) * 3300.0 + grain).clamp(0.0, VALUE_MAX) as u16
    }

    fn density(&self, p: (f64, f64)) -> f64 {
        let lungs = self.lungs(p);
        let body = body(p);
        let soft_tissue = 0.44 * body - 0.31 * lungs + self.heart(p).max(mediastinum(p));
        let bones = (spine(p) + ribs(p) + clavicles(p)) * body;
        (soft_tissue + bones + self.vessels(p) * lungs + self.pathology(p) * lungs.max(0.15) * body).max(0.0)
    }

    fn has(&self, finding: Finding) -> bool {
        self.findings.contains(&finding)
    }

    fn lungs(&self, p: (f64, f64)) -> f64 {
        let full = self.has(Finding::Hyperinflation);
        let (height, flat, low) = if full { (0.74, 0.22, 0.12) } else { (0.66, 0.34, 0.0) };
        let one = |side: f64, dome: f64| {
            let lung = soft(ellipse(p, (side * 0.40, -0.02), (0.31, height)), 0.22);
            let below = soft(ellipse(p, (side * 0.42, dome + low), (0.46, flat)), 0.12);
            lung * (1.0 - below) * soft((dome + low - p.1) / 0.2, 0.4)
        };
        one(-1.0, 0.76) + one(1.0, 0.82)
    }

    fn heart(&self, p: (f64, f64)) -> f64 {
        let large = self.has(Finding::LargeHeart) || self.has(Finding::Edema);
        let (width, left) = if large { (0.42, 0.16) } else { (0.28, 0.13) };
        // It leans to the person's left, further down more so.
        let leaning = (p.0 - (p.1 - 0.3) * 0.35, p.1);
        0.27 * soft(ellipse(leaning, (left, 0.34), (width, 0.34)), 0.2)
            + 0.10 * soft(ellipse(p, (0.14, -0.26), (0.09, 0.10)), 0.4)
    }

    fn vessels(&self, p: (f64, f64)) -> f64 {
        let hilum = |side: f64| soft(ellipse(p, (side * 0.22, 0.04), (0.20, 0.30)), 0.7);
        let branches = self.noise.part(2).cloud(p.0 * 9.0, p.1 * 7.0);
        (hilum(-1.0) + hilum(1.0)) * branches * 0.16 + (branches - 0.5) * 0.07
    }

    fn pathology(&self, p: (f64, f64)) -> f64 {
        let cloud = self.noise.part(3).cloud(p.0 * 6.0 + 3.0, p.1 * 6.0);
        let mut more = 0.0;
        for side in self.sides {
            more += self.on_side(p, *side, cloud);
        }
        if self.has(Finding::Edema) {
            let wing = |side: f64| soft(ellipse(p, (side * 0.30, 0.10), (0.26, 0.34)), 0.8);
            more += 0.20 * (wing(-1.0) + wing(1.0)) * (0.5 + 0.7 * cloud);
        }
        more
    }

    fn on_side(&self, p: (f64, f64), side: f64, cloud: f64) -> f64 {
        let mut more = 0.0;
        if self.has(Finding::Opacity) {
            let spot = ellipse(p, (side * 0.42, self.height), (0.24, 0.20));
            more += 0.30 * soft(spot, 0.6) * (0.45 + 0.75 * cloud);
        }
        if self.has(Finding::Effusion) {
            // The fluid climbs the wall of the chest: a meniscus.
            let outward = (p.0 * side).max(0.0);
            let surface = 0.36 - outward * outward * 0.75;
            more += 0.34 * soft((p.1 - surface) / 0.1, 0.7) * soft(outward / 0.1, 0.5);
        }
        more
    }
}

fn body((x, y): (f64, f64)) -> f64 {
    let (u, v) = (x / 0.93, (y - 0.42) / 1.16);
    let trunk = 1.0 - u * u * u * u - v * v * v * v;
    let neck = if y < -0.5 { band(x, 0.0, 0.24) } else { -1.0 };
    soft(trunk.max(neck), 0.12)
}

fn mediastinum((x, y): (f64, f64)) -> f64 {
    0.17 * soft(band(x, 0.01, 0.15 + (y + 0.6).max(0.0) * 0.03), 0.5)
}

fn spine((x, y): (f64, f64)) -> f64 {
    let vertebra = ((y + 2.0) / 0.135).fract();
    let gap = soft(band(vertebra, 0.5, 0.14), 0.6);
    soft(band(x, 0.0, 0.085), 0.4) * (0.11 - 0.05 * gap)
}

fn ribs(p: (f64, f64)) -> f64 {
    let (x, y) = (p.0.abs(), p.1);
    let cage = soft(ellipse(p, (0.0, 0.06), (0.80, 0.98)), 0.06);
    let mut sum = 0.0;
    for number in 0..10_u32 {
        let top = -0.70 + 0.138 * f64::from(number);
        let back = top + 0.42 * x * x - 0.02;
        sum += 0.055 * soft(band(y, back, 0.026), 0.7) * soft((x - 0.08) / 0.05, 0.6);
        let front = top + 0.20 + 0.32 * (0.78 - x);
        sum += 0.030 * soft(band(y, front, 0.030), 0.8) * soft((x - 0.26) / 0.1, 0.8);
    }
    sum * cage
}

fn clavicles(p: (f64, f64)) -> f64 {
    let x = p.0.abs();
    let middle = -0.56 - (x - 0.1) * 0.24;
    0.085 * soft(band(p.1, middle, 0.030), 0.6) * soft((x - 0.09) / 0.04, 0.6) * soft((0.68 - x) / 0.04, 0.6)
}

/// The letter L that a radiographer lays on the person's left side.
fn is_marker(column: u32, row: u32) -> bool {
    let (x, y) = (column.wrapping_sub(468), row.wrapping_sub(36));
    (x < 6 && y < 34) || (x < 20 && (28..34).contains(&y))
}
