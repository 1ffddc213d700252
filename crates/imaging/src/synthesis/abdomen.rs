//! Liver, gallbladder and kidney as a curved ultrasound probe sees them.

use super::kind::Finding;
use super::noise::Noise;
use super::request::Seen;
use super::shape::{ellipse, soft};

/// Pixels across and down.
pub(super) const SIZE: (u32, u32) = (320, 256);
/// The middle of the probe's curve, above the picture.
const APEX_Y: f64 = -1.35;
const GALLBLADDER: ((f64, f64), (f64, f64)) = ((-0.12, -0.10), (0.26, 0.15));

/// The brightness of a pixel, 8 bits.
pub(super) fn brightness(noise: Noise, seen: Seen<'_>, p: (f64, f64), pixel: (i64, i64)) -> u8 {
    let down = p.1 - APEX_Y;
    let depth = (p.0 * p.0 + down * down).sqrt();
    let in_sector = p.0.abs() < 0.62 * down && (0.40..2.25).contains(&depth);
    if !in_sector {
        return 0;
    }
    let speckle = 0.35 + 1.1 * noise.part(31).at(pixel.0, pixel.1) * noise.part(32).at(pixel.0 / 2, pixel.1);
    let fading = 1.15 - 0.34 * depth;
    let value = echo(noise, seen, p, depth) * speckle * fading;
    (value * 300.0).clamp(4.0, 255.0) as u8
}

fn echo(noise: Noise, seen: Seen<'_>, p: (f64, f64), depth: f64) -> f64 {
    let (middle, radii) = GALLBLADDER;
    if depth < 0.46 {
        return 0.9;
    }
    if (depth - 2.02).abs() < 0.025 {
        return 1.5;
    }
    let stone = |x: f64| ellipse(p, (x, 0.01), (0.055, 0.04));
    let stones = [-0.20, -0.06];
    if seen.has(Finding::Gallstones) {
        if stones.iter().any(|x| stone(*x) > 0.0) {
            return 1.6;
        }
        // Stones throw a shadow away from the probe.
        let slope = |x: f64| x + (p.1 - 0.01) * x / (0.01 - APEX_Y);
        if p.1 > 0.03 && stones.iter().any(|x| (p.0 - slope(*x)).abs() < 0.05) {
            return 0.06;
        }
    }
    let bladder = ellipse(p, middle, radii);
    if bladder > 0.0 {
        return if bladder < 0.12 { 0.8 } else { 0.02 };
    }
    let kidney = ellipse(p, (0.46, 0.30), (0.36, 0.20));
    if kidney > 0.0 {
        return if kidney > 0.62 { 0.95 } else { 0.26 };
    }
    let behind = p.1 > middle.1 && (p.0 - middle.0).abs() < radii.0 * 0.8;
    let liver = 0.42 + 0.18 * noise.part(33).cloud(p.0 * 8.0, p.1 * 8.0);
    let vessel = noise.part(34).cloud(p.0 * 4.0 + 1.0, p.1 * 4.0);
    let brighter = if behind { 1.5 } else { 1.0 };
    liver * brighter * (1.0 - 0.85 * soft((vessel - 0.74) / 0.05, 1.0))
}
