use super::{Classifier, Elementwise, Imputer, Normalizer, Pointwise, Product, Scaler, Trees, columns};
use crate::onnx::tensor::{Matrix, Precision};

/// A step.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::onnx) enum Step {
    /// The same again.
    Same,
    /// Numbers of another precision.
    Cast(Precision),
    /// Missing values filled.
    Impute(Imputer),
    /// Each column moved and stretched.
    Scale(Scaler),
    /// Each row brought to length 1.
    Normalize(Normalizer),
    /// Some of the columns.
    Extract(Vec<usize>),
    /// Columns of several beside each other.
    Beside,
    /// A function of each number.
    Point(Pointwise),
    /// A sum, difference, product or quotient.
    Element(Elementwise),
    /// A product with a matrix, and something added.
    Multiply(Product),
    /// A linear classifier's chances.
    Linear(Classifier),
    /// Chances or sums of trees.
    Trees(Trees),
}

impl Step {
    pub(in crate::onnx) fn run(&self, inputs: &[&Matrix]) -> Matrix {
        let first = inputs[0];
        match self {
            Self::Same => first.clone(),
            Self::Cast(precision) => Matrix { precision: *precision, ..first.clone() }
                .each_row(first.width, |row, to| to.extend(row)),
            Self::Impute(imputer) => imputer.run(first),
            Self::Scale(scaler) => scaler.run(first),
            Self::Normalize(normalizer) => normalizer.run(first),
            Self::Extract(places) => {
                first.each_row(places.len(), |row, to| to.extend(places.iter().map(|at| row[*at])))
            }
            Self::Beside => columns::beside(inputs),
            Self::Point(function) => function.run(first),
            Self::Element(element) => element.run(inputs),
            Self::Multiply(product) => product.run(first),
            Self::Linear(classifier) => classifier.run(first),
            Self::Trees(trees) => trees.run(first),
        }
    }
}
