use crate::onnx::attributes::Attributes;
use crate::onnx::tensor::{Constant, Matrix};
use crate::problem::ModelError;

/// Fills missing values, a column at a time.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::onnx) struct Imputer {
    instead: Vec<f64>,
    /// The value that says that there is none; NaN for the usual.
    replaced: f64,
}

impl Imputer {
    pub(in crate::onnx) fn read(node: &mut Attributes<'_>, width: usize) -> Result<Self, ModelError> {
        let instead = wide(node, "imputed_value_floats", width)?;
        let replaced = node.float("replaced_value_float").map_or(0.0, f64::from);
        Ok(Self { instead, replaced })
    }

    pub(super) fn run(&self, rows: &Matrix) -> Matrix {
        let is_replaced =
            |value: f64| if self.replaced.is_nan() { value.is_nan() } else { value == self.replaced };
        rows.each_row(rows.width, |row, to| {
            let both = row.iter().zip(&self.instead);
            to.extend(both.map(|(value, instead)| if is_replaced(*value) { *instead } else { *value }));
        })
    }
}

/// Moves and stretches each column.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::onnx) struct Scaler {
    offset: Vec<f64>,
    scale: Vec<f64>,
}

impl Scaler {
    pub(in crate::onnx) fn read(node: &mut Attributes<'_>, width: usize) -> Result<Self, ModelError> {
        Ok(Self { offset: wide(node, "offset", width)?, scale: wide(node, "scale", width)? })
    }

    pub(super) fn run(&self, rows: &Matrix) -> Matrix {
        rows.each_row(rows.width, |row, to| {
            let all = row.iter().zip(&self.offset).zip(&self.scale);
            to.extend(all.map(|((value, offset), scale)| rows.precision.round(value - offset) * scale));
        })
    }
}

/// Brings each row to length 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::onnx) enum Normalizer {
    /// By the sum of what the values are, whatever their sign.
    L1,
    /// By the root of the sum of squares.
    L2,
}

impl Normalizer {
    pub(in crate::onnx) fn read(node: &mut Attributes<'_>) -> Result<Self, ModelError> {
        match node.text("norm", "MAX").as_str() {
            "L1" => Ok(Self::L1),
            "L2" => Ok(Self::L2),
            other => Err(node.problem(format_args!("the norm {other:.40} is not read; L1 and L2 are"))),
        }
    }

    pub(super) fn run(self, rows: &Matrix) -> Matrix {
        rows.each_row(rows.width, |row, to| {
            let length = match self {
                Self::L1 => row.iter().map(|value| value.abs()).sum::<f64>(),
                Self::L2 => row.iter().map(|value| value * value).sum::<f64>().sqrt(),
            };
            let length = if length == 0.0 { 1.0 } else { length };
            to.extend(row.iter().map(|value| value / length));
        })
    }
}

/// The places of an `ArrayFeatureExtractor`.
pub(in crate::onnx) fn extracted(
    node: &Attributes<'_>,
    places: &Constant,
    width: usize,
) -> Result<Vec<usize>, ModelError> {
    let place = |value: &f64| (0..width).find(|at| *at as f64 == *value);
    let found: Option<Vec<usize>> = places.values.iter().map(place).collect();
    found
        .filter(|found| !found.is_empty())
        .ok_or_else(|| node.problem(format_args!("it takes columns that are not there; there are {width}")))
}

/// Columns of several beside each other.
pub(super) fn beside(parts: &[&Matrix]) -> Matrix {
    let width = parts.iter().map(|part| part.width).sum();
    let mut values = Vec::with_capacity(parts[0].rows() * width);
    for row in 0..parts[0].rows() {
        for part in parts {
            values.extend_from_slice(&part.values[row * part.width..(row + 1) * part.width]);
        }
    }
    Matrix { width, values, precision: parts[0].precision }
}

/// One number for each column, or one for all.
fn wide(node: &mut Attributes<'_>, name: &'static str, width: usize) -> Result<Vec<f64>, ModelError> {
    let found = node.floats(name)?;
    match found.len() {
        1 => Ok(vec![found[0]; width]),
        own if own == width => Ok(found),
        own => Err(node.problem(format_args!("{name} has {own} numbers for {width} columns"))),
    }
}
