//! Axial slices through a chest, in Hounsfield units.

use super::kind::Finding;
use super::noise::Noise;
use super::request::Seen;
use super::shape::{ellipse, soft};

/// Where ribs are cut: on a ring, in eighths and halves of the way.
const RIBS: [(f64, f64); 8] = [
    (0.86, 0.0),
    (0.78, 0.30),
    (0.60, 0.48),
    (0.34, 0.56),
    (0.78, -0.30),
    (0.58, -0.46),
    (0.34, -0.55),
    (0.86, 0.15),
];

/// The Hounsfield units of a point of the slice at `z`, from 0 at the top to 1.
pub(super) fn hounsfield(noise: Noise, seen: Seen<'_>, p: (f64, f64), z: f64, pixel: (i64, i64)) -> f64 {
    let grain = noise.part(11).grain(pixel.0, pixel.1);
    tissue(noise, seen, p, z) + grain * 14.0
}

fn tissue(noise: Noise, seen: Seen<'_>, p: (f64, f64), z: f64) -> f64 {
    let inside = |middle: (f64, f64), radii: (f64, f64)| ellipse(p, middle, radii) > 0.0;
    let mirrored = (p.0.abs(), p.1);
    if !inside((0.0, 0.0), (0.95, 0.70)) {
        let on_table = ellipse(p, (0.0, 0.30), (1.4, 0.58));
        return if p.1 > 0.6 && on_table < 0.0 && on_table > -0.12 { -500.0 } else { -1000.0 };
    }
    if RIBS.iter().any(|middle| ellipse(mirrored, *middle, (0.075, 0.035)) > 0.0) {
        return 480.0;
    }
    if let Some(value) = bone(p) {
        return value;
    }
    if let Some(value) = middle(p, z, seen) {
        return value;
    }
    let size = 0.34 + 0.16 * z;
    let lung = ellipse(mirrored, (0.43, 0.02), (0.34, size));
    if lung > 0.0 {
        return in_lung(noise, seen, p, z);
    }
    if inside((0.0, 0.0), (0.88, 0.63)) { 48.0 } else { -105.0 }
}

fn bone(p: (f64, f64)) -> Option<f64> {
    let vertebra = ellipse(p, (0.0, 0.40), (0.13, 0.13));
    if vertebra > 0.0 {
        return Some(if vertebra < 0.3 { 520.0 } else { 190.0 });
    }
    let canal = ellipse(p, (0.0, 0.55), (0.05, 0.04));
    if canal > 0.0 {
        return Some(25.0);
    }
    (ellipse(p, (0.0, -0.58), (0.11, 0.05)) > 0.0).then_some(330.0)
}

fn middle(p: (f64, f64), z: f64, seen: Seen<'_>) -> Option<f64> {
    let inside = |middle: (f64, f64), radii: (f64, f64)| ellipse(p, middle, radii) > 0.0;
    if z < 0.5 && inside((-0.01, 0.02), (0.055, 0.055)) {
        return Some(-990.0);
    }
    if inside((0.12, 0.26), (0.075, 0.075)) {
        return Some(52.0);
    }
    let large = if seen.has(Finding::LargeHeart) { 1.3 } else { 1.0 };
    let heart = (z - 0.35).max(0.0) * 0.75 * large;
    if heart > 0.05 && inside((0.12, -0.10), (heart, heart * 0.85)) {
        return Some(44.0);
    }
    inside((0.0, 0.0), (0.17, 0.42)).then_some(if z < 0.35 { -60.0 } else { 38.0 })
}

fn in_lung(noise: Noise, seen: Seen<'_>, p: (f64, f64), z: f64) -> f64 {
    let air = -860.0 + 90.0 * noise.part(12).cloud(p.0 * 6.0, p.1 * 6.0);
    let vessel = noise.part(13).cloud(p.0 * 13.0 + z * 2.0, p.1 * 13.0 - z);
    let mut value = if vessel > 0.70 { 20.0 } else { air };
    // The slices go down: a height of the film is a slice here.
    let level = z - (seen.place.height(noise) + 0.9) / 1.8;
    for side in seen.place.sides(noise) {
        if seen.has(Finding::Opacity) {
            let spot = ellipse((p.0, p.1), (side * 0.46, 0.16), (0.22, 0.20)) - level * level * 4.0;
            let share = soft(spot, 0.35) * (0.55 + 0.5 * noise.part(15).cloud(p.0 * 9.0, p.1 * 9.0));
            value += (30.0 - value) * share.min(1.0);
        }
        if seen.has(Finding::Effusion) && p.1 > 0.24 && p.0 * side > 0.0 {
            value = 12.0;
        }
    }
    value
}
