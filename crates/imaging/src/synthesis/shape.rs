//! Soft shapes in a plane that runs from -1 to 1 both ways, down and to the right.

/// 1 well inside, 0 well outside, and a soft edge of `width` on either side of the border. `depth` is positive inside.
pub(super) fn soft(depth: f64, width: f64) -> f64 {
    let share = ((depth + width) / (2.0 * width)).clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}

/// How deep a point lies in an ellipse: 1 in the middle, 0 on the border, negative outside.
pub(super) fn ellipse((x, y): (f64, f64), middle: (f64, f64), radii: (f64, f64)) -> f64 {
    let (u, v) = ((x - middle.0) / radii.0, (y - middle.1) / radii.1);
    1.0 - u * u - v * v
}

/// How deep a point lies in a band around `middle`.
pub(super) fn band(value: f64, middle: f64, half_width: f64) -> f64 {
    let u = (value - middle) / half_width;
    1.0 - u * u
}

/// The point of a pixel's middle.
pub(super) fn point(column: u32, row: u32, columns: u32, rows: u32) -> (f64, f64) {
    let along = |at: u32, of: u32| (2.0 * f64::from(at) + 1.0) / f64::from(of) - 1.0;
    (along(column, columns), along(row, rows))
}
