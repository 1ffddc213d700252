//! Axial slices through a head: the tissues, and what CT and MR make of them.

use super::kind::Finding;
use super::noise::Noise;
use super::request::Seen;
use super::shape::ellipse;

#[derive(Clone, Copy, PartialEq)]
enum Tissue {
    Air,
    Scalp,
    Bone,
    Fluid,
    Gray,
    White,
    Blood,
}

/// The Hounsfield units of a point of the slice at `z`, from 0 at the base to 1 at the top.
pub(super) fn hounsfield(noise: Noise, seen: Seen<'_>, p: (f64, f64), z: f64, pixel: (i64, i64)) -> f64 {
    let value = match tissue(noise, seen, p, z) {
        Tissue::Air => -1000.0,
        Tissue::Scalp => 20.0,
        Tissue::Bone => 950.0,
        Tissue::Fluid => 5.0,
        Tissue::Gray => 39.0,
        Tissue::White => 28.0,
        Tissue::Blood => 70.0,
    };
    value + noise.part(21).grain(pixel.0, pixel.1) * 4.0
}

/// The signal of a T1-weighted image, 12 bits.
pub(super) fn signal(noise: Noise, seen: Seen<'_>, p: (f64, f64), z: f64, pixel: (i64, i64)) -> f64 {
    let value = match tissue(noise, seen, p, z) {
        Tissue::Air => 20.0,
        Tissue::Scalp => 1500.0,
        Tissue::Bone => 120.0,
        Tissue::Fluid => 220.0,
        Tissue::Gray => 620.0,
        Tissue::White => 930.0,
        Tissue::Blood => 760.0,
    };
    (value + noise.part(22).grain(pixel.0, pixel.1) * 35.0).max(0.0)
}

fn tissue(noise: Noise, seen: Seen<'_>, p: (f64, f64), z: f64) -> Tissue {
    // A head is narrower at its top: a ball cut across.
    let up = (z - 0.3) * 0.95;
    let size = (1.0 - up * up).max(0.0).sqrt();
    let q = (p.0 / size, p.1 / size);
    if ellipse(q, (0.0, 0.0), (0.80, 0.95)) <= 0.0 {
        return Tissue::Air;
    }
    if ellipse(q, (0.0, 0.0), (0.76, 0.91)) <= 0.0 {
        return Tissue::Scalp;
    }
    let inner = ellipse(q, (0.0, 0.0), (0.69, 0.84));
    if inner <= 0.0 {
        return Tissue::Bone;
    }
    inside(noise, seen, q, z, inner)
}

fn inside(noise: Noise, seen: Seen<'_>, q: (f64, f64), z: f64, inner: f64) -> Tissue {
    let mirrored = (q.0.abs(), q.1);
    let near = 1.0 - (z - 0.5) * (z - 0.5) * 4.0;
    let bleeds = |side: &f64| ellipse(q, (side * 0.36, 0.02), (0.17, 0.22)) > 1.0 - near;
    if seen.has(Finding::Bleeding) && seen.place.sides(noise).iter().any(bleeds) {
        return Tissue::Blood;
    }
    let ventricle = (0.075 * near.max(0.0), 0.28 * near.max(0.001));
    if ventricle.0 > 0.01 && ellipse(mirrored, (0.11 + 0.1 * q.1.abs(), 0.0), ventricle) > 0.0 {
        return Tissue::Fluid;
    }
    let folds = noise.part(24).cloud(q.0 * 7.0, q.1 * 7.0 + z * 3.0);
    if inner < 0.035 || (inner < 0.2 && folds > 0.66) || q.0.abs() < 0.008 {
        return Tissue::Fluid;
    }
    let nuclei = ellipse(mirrored, (0.24, 0.04), (0.10, 0.16)) > 0.0 && near > 0.4;
    if inner < 0.24 + 0.22 * folds || nuclei { Tissue::Gray } else { Tissue::White }
}
