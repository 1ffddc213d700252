use super::arithmetic::softmax;
use crate::logistic::sigmoid;
use crate::onnx::attributes::Attributes;
use crate::onnx::tensor::Matrix;
use crate::problem::ModelError;

/// What becomes of scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::onnx) enum Transform {
    None,
    Logistic,
    Softmax,
}

impl Transform {
    pub(super) fn read(node: &mut Attributes<'_>) -> Result<Self, ModelError> {
        match node.text("post_transform", "NONE").as_str() {
            "NONE" => Ok(Self::None),
            "LOGISTIC" => Ok(Self::Logistic),
            "SOFTMAX" => Ok(Self::Softmax),
            other => Err(node.problem(format_args!(
                "the post_transform {other:.40} is not read; NONE, LOGISTIC and SOFTMAX are"
            ))),
        }
    }

    pub(super) fn of(self, scores: &[f64]) -> Vec<f64> {
        match self {
            Self::None => scores.to_vec(),
            Self::Logistic => scores.iter().map(|score| sigmoid(*score)).collect(),
            Self::Softmax => softmax(scores),
        }
    }
}

/// A product with a matrix, and something added.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::onnx) struct Product {
    /// For each column of the result the weights of all columns.
    pub(in crate::onnx) weights: Vec<Vec<f64>>,
    pub(in crate::onnx) added: Vec<f64>,
}

impl Product {
    pub(super) fn run(&self, rows: &Matrix) -> Matrix {
        rows.each_row(self.weights.len(), |row, to| to.extend(self.scores(row)))
    }

    fn scores(&self, row: &[f64]) -> impl Iterator<Item = f64> {
        let dot = move |weights: &Vec<f64>| {
            weights.iter().zip(row).map(|(weight, value)| weight * value).sum::<f64>()
        };
        self.weights.iter().zip(&self.added).map(move |(weights, added)| dot(weights) + added)
    }
}

/// A linear classifier of 0 and 1.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::onnx) struct Classifier {
    product: Product,
    transform: Transform,
}

impl Classifier {
    pub(in crate::onnx) fn read(node: &mut Attributes<'_>, width: usize) -> Result<Self, ModelError> {
        node.classes()?;
        let (weights, mut added) = (node.floats("coefficients")?, node.floats("intercepts")?);
        node.int("multi_class");
        let lines = weights.len() / width.max(1);
        if !(1..=2).contains(&lines) || lines * width != weights.len() {
            let what = format!("it has {} coefficients for {width} columns and two classes", weights.len());
            return Err(node.problem(what));
        }
        added.resize(lines, 0.0);
        let weights = weights.chunks_exact(width).map(<[f64]>::to_vec).collect();
        Ok(Self { product: Product { weights, added }, transform: Transform::read(node)? })
    }

    pub(super) fn run(&self, rows: &Matrix) -> Matrix {
        rows.each_row(2, |row, to| {
            let scores: Vec<f64> =
                self.product.scores(row).map(|score| rows.precision.round(score)).collect();
            to.extend(match (scores[..].try_into(), self.transform) {
                (Ok::<[f64; 1], _>([score]), Transform::None) => vec![1.0 - score, score],
                (Ok([score]), transform) => transform.of(&[-score, score]),
                (Err(_), transform) => transform.of(&scores),
            });
        })
    }
}
