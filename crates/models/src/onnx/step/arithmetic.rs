use crate::logistic::sigmoid;
use crate::onnx::tensor::{Constant, Matrix};

/// A function of each number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::onnx) enum Pointwise {
    Sigmoid,
    Relu,
    Tanh,
    Exp,
    Neg,
    /// Over each row.
    Softmax,
}

impl Pointwise {
    pub(super) fn run(self, rows: &Matrix) -> Matrix {
        rows.each_row(rows.width, |row, to| match self {
            Self::Softmax => to.extend(softmax(row)),
            _ => to.extend(row.iter().map(|value| self.of(*value))),
        })
    }

    fn of(self, value: f64) -> f64 {
        match self {
            Self::Sigmoid => sigmoid(value),
            Self::Relu => value.max(0.0),
            Self::Tanh => value.tanh(),
            Self::Exp => value.exp(),
            Self::Neg | Self::Softmax => -value,
        }
    }
}

pub(super) fn softmax(row: &[f64]) -> Vec<f64> {
    let most = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let parts: Vec<f64> = row.iter().map(|value| (value - most).exp()).collect();
    let sum: f64 = parts.iter().sum();
    parts.into_iter().map(|part| part / sum).collect()
}

/// What is done to two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::onnx) enum Sign {
    Add,
    Sub,
    Mul,
    Div,
}

/// What stands on one side.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::onnx) enum Side {
    /// The rows of the input at this place.
    Rows(usize),
    /// The same numbers for every row.
    Fixed(Vec<f64>),
}

/// A sum, difference, product or quotient of rows, or of rows and fixed numbers; one column goes with every column.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::onnx) struct Elementwise {
    pub(in crate::onnx) sign: Sign,
    pub(in crate::onnx) sides: Vec<Side>,
    pub(in crate::onnx) width: usize,
}

impl Sign {
    fn of(self, left: f64, right: f64) -> f64 {
        match self {
            Self::Add => left + right,
            Self::Sub => left - right,
            Self::Mul => left * right,
            Self::Div => left / right,
        }
    }
}

impl Side {
    /// A fixed side, if it is the same for every row.
    pub(in crate::onnx) fn fixed(constant: &Constant) -> Option<Self> {
        (constant.rows == 1).then(|| Self::Fixed(constant.values.clone()))
    }
}

impl Elementwise {
    pub(super) fn run(&self, inputs: &[&Matrix]) -> Matrix {
        let (rows, precision) = (inputs[0].rows(), inputs[0].precision);
        let mut values = Vec::with_capacity(rows * self.width);
        for row in 0..rows {
            for column in 0..self.width {
                let mut sides = self.sides.iter().map(|side| {
                    let own = match side {
                        Side::Rows(at) => {
                            &inputs[*at].values[row * inputs[*at].width..(row + 1) * inputs[*at].width]
                        }
                        Side::Fixed(values) => values,
                    };
                    own[if own.len() == 1 { 0 } else { column }]
                });
                let first = sides.next().unwrap_or_default();
                values.push(sides.fold(first, |sum, next| precision.round(self.sign.of(sum, next))));
            }
        }
        Matrix { width: self.width, values, precision }
    }
}
