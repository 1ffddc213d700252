//! Finding the weights: Newton's method on few rows, and from there a quasi-Newton method on all of them,
//! which then needs no more second derivatives (Nocedal and Wright, Numerical Optimization, 2nd ed., 3.5 and
//! 7.2).

use super::cholesky::Cholesky;
use super::loss::{Design, add, dot};
use crate::problem::ModelError;

/// Rows on which second derivatives are computed.
const SAMPLE_ROWS: usize = 20_000;
const ROUNDS_MAX: usize = 200;
/// Steps that a quasi-Newton method remembers.
const MEMORY: usize = 10;
/// What no weight without a penalty exceeds: log odds of this for one deviation are certainty.
const WEIGHT_MAX: f64 = 30.0;
/// A slope that is none, for each unit of data weight.
const SLOPE_NONE: f64 = 1e-10;

/// The weights with the least loss.
pub(super) fn least(design: &Design<'_>) -> Result<Vec<f64>, ModelError> {
    let weights = lowest(design)?;
    // Where a line parts the outcomes and nothing holds the weights, they grow until the loss vanishes.
    let is_endless = design.strength.is_infinite() && weights.iter().any(|weight| weight.abs() > WEIGHT_MAX);
    if is_endless { Err(ModelError::Unsettled) } else { Ok(weights) }
}

fn lowest(design: &Design<'_>) -> Result<Vec<f64>, ModelError> {
    let rows = design.outcomes.len();
    if rows <= SAMPLE_ROWS {
        return newton(design, vec![0.0; design.width]).map(|(weights, _)| weights);
    }
    let every = rows.div_ceil(SAMPLE_ROWS);
    let (mut values, mut outcomes) = (Vec::new(), Vec::new());
    for row in (0..rows).step_by(every) {
        values.extend_from_slice(&design.values[row * design.width..(row + 1) * design.width]);
        outcomes.push(design.outcomes[row]);
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
    let share = rows as f64 / outcomes.len() as f64;
    let sample = Design {
        values: &values,
        outcomes: &outcomes,
        strength: design.strength * share,
        width: design.width,
    };
    let (weights, curvature) = newton(&sample, vec![0.0; design.width])?;
    quasi_newton(design, weights, &curvature)
}

fn newton(design: &Design<'_>, mut weights: Vec<f64>) -> Result<(Vec<f64>, Cholesky), ModelError> {
    let mut gradient = vec![0.0; design.width];
    let mut loss = design.loss(&weights, &mut gradient);
    for _ in 0..ROUNDS_MAX {
        let curvature = Cholesky::of(design.hessian(&weights), design.width).ok_or(ModelError::Unsettled)?;
        if settled(design, &gradient) {
            return Ok((weights, curvature));
        }
        let mut step = curvature.solve(&gradient);
        step.iter_mut().for_each(|step| *step = -*step);
        match search(design, &weights, loss, &gradient, &step) {
            Some(found) => (weights, loss, gradient) = found,
            // The loss is as small as its last digit allows.
            None => return Ok((weights, curvature)),
        }
    }
    Err(ModelError::Unsettled)
}

fn quasi_newton(
    design: &Design<'_>,
    mut weights: Vec<f64>,
    curvature: &Cholesky,
) -> Result<Vec<f64>, ModelError> {
    let mut gradient = vec![0.0; design.width];
    let mut loss = design.loss(&weights, &mut gradient);
    let mut past: Vec<(Vec<f64>, Vec<f64>, f64)> = Vec::new();
    for _ in 0..ROUNDS_MAX {
        if settled(design, &gradient) {
            return Ok(weights);
        }
        let step = direction(&gradient, &past, curvature);
        let Some((next, next_loss, next_gradient)) = search(design, &weights, loss, &gradient, &step) else {
            return Ok(weights);
        };
        let moved: Vec<f64> = next.iter().zip(&weights).map(|(next, before)| next - before).collect();
        let turned: Vec<f64> =
            next_gradient.iter().zip(&gradient).map(|(next, before)| next - before).collect();
        let bend = dot(&moved, &turned);
        if bend > 0.0 {
            past.push((moved, turned, 1.0 / bend));
            if past.len() > MEMORY {
                past.remove(0);
            }
        }
        (weights, loss, gradient) = (next, next_loss, next_gradient);
    }
    Err(ModelError::Unsettled)
}

/// The two-loop recursion, with the curvature of the sample in its middle.
fn direction(gradient: &[f64], past: &[(Vec<f64>, Vec<f64>, f64)], curvature: &Cholesky) -> Vec<f64> {
    let mut left = gradient.to_vec();
    let mut shares = Vec::with_capacity(past.len());
    for (moved, turned, inverse) in past.iter().rev() {
        let share = inverse * dot(moved, &left);
        add(&mut left, turned, -share);
        shares.push(share);
    }
    let mut step = curvature.solve(&left);
    for ((moved, turned, inverse), share) in past.iter().zip(shares.into_iter().rev()) {
        let again = inverse * dot(turned, &step);
        add(&mut step, moved, share - again);
    }
    step.iter_mut().for_each(|step| *step = -*step);
    step
}

type Place = (Vec<f64>, f64, Vec<f64>);

/// Goes along a step, or half of it, until the loss falls enough; none where it does not fall at all.
fn search(design: &Design<'_>, from: &[f64], loss: f64, gradient: &[f64], step: &[f64]) -> Option<Place> {
    let slope = dot(gradient, step);
    let mut length = 1.0;
    let mut next_gradient = vec![0.0; design.width];
    for _ in 0..40 {
        let mut next = from.to_vec();
        add(&mut next, step, length);
        let next_loss = design.loss(&next, &mut next_gradient);
        let falls = next_loss <= loss + 1e-4 * length * slope;
        // Near the end the loss moves by less than its last digits, and the slopes tell more.
        let rounded = (next_loss - loss).abs() <= 1e-14 * loss.abs();
        if falls && !rounded || rounded && steepest(&next_gradient) < steepest(gradient) {
            return (next != from).then_some((next, next_loss, next_gradient));
        }
        length *= 0.5;
    }
    None
}

fn settled(design: &Design<'_>, gradient: &[f64]) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^52")]
    let weight =
        design.outcomes.len() as f64 * if design.strength.is_finite() { design.strength } else { 1.0 };
    steepest(gradient) <= SLOPE_NONE * weight.max(1.0)
}

fn steepest(gradient: &[f64]) -> f64 {
    gradient.iter().fold(0.0, |most, slope| most.max(slope.abs()))
}
