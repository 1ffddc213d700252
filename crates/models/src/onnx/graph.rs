use std::collections::BTreeMap;

use super::attributes::{Attributes, problem};
use super::proto::{Node, element};
use super::step::{
    Classifier, Elementwise, Imputer, Normalizer, Pointwise, Product, Scaler, Side, Sign, Step, Trees,
    extracted,
};
use super::tensor::{Constant, Precision};
use crate::problem::ModelError;

/// The operators that are read.
pub const OPERATORS: [&str; 25] = [
    "Add",
    "ArrayFeatureExtractor",
    "Cast",
    "Concat",
    "Div",
    "Exp",
    "Flatten",
    "Gemm",
    "Identity",
    "Imputer",
    "LinearClassifier",
    "MatMul",
    "Mul",
    "Neg",
    "Normalizer",
    "Relu",
    "Scaler",
    "Sigmoid",
    "Softmax",
    "Sub",
    "Sum",
    "Tanh",
    "TreeEnsembleClassifier",
    "TreeEnsembleRegressor",
    "ZipMap",
];

/// What stands under a name when a node is read.
pub(super) enum Known<'k> {
    /// Rows of so many columns.
    Rows(usize),
    /// Fixed numbers.
    Fixed(&'k Constant),
}

/// A node as a step, the places of its inputs that are rows, and the width of what comes out.
pub(super) struct Read {
    pub(super) step: Step,
    pub(super) rows: Vec<String>,
    pub(super) width: usize,
}

/// Reads a node; `wanted` is the place of the output that is asked for.
pub(super) fn read(
    node: &Node,
    wanted: usize,
    fixed: &BTreeMap<String, Constant>,
    width_of: &dyn Fn(&str) -> Option<usize>,
) -> Result<Read, ModelError> {
    let known = |name: &String| match (fixed.get(name), width_of(name)) {
        (Some(constant), _) => Ok(Known::Fixed(constant)),
        (None, Some(width)) => Ok(Known::Rows(width)),
        (None, None) => Err(problem(node, format_args!("its input '{name:.80}' is not there"))),
    };
    let inputs: Vec<Known<'_>> = node.input.iter().map(known).collect::<Result<_, _>>()?;
    let mut attributes = Attributes::of(node);
    let (step, width) = step(node, wanted, &mut attributes, &inputs)?;
    attributes.end()?;
    let rows = node.input.iter().zip(&inputs).filter(|(_, known)| matches!(known, Known::Rows(_)));
    let rows: Vec<String> = rows.map(|(name, _)| name.clone()).collect();
    if rows.is_empty() {
        return Err(problem(node, "it works on no column of the input"));
    }
    Ok(Read { step, rows, width })
}

fn step(
    node: &Node,
    wanted: usize,
    attributes: &mut Attributes<'_>,
    inputs: &[Known<'_>],
) -> Result<(Step, usize), ModelError> {
    let width = || match inputs {
        [Known::Rows(width), ..] => Ok(*width),
        _ => Err(problem(node, "its first input is no column")),
    };
    let alone = |place: usize| match wanted == place {
        true => Ok(()),
        false => Err(problem(node, "the risk is made of its label")),
    };
    let point = |function| Ok((Step::Point(function), width()?));
    match node.op_type.as_str() {
        "Identity" | "Flatten" => {
            attributes.int("axis");
            Ok((Step::Same, width()?))
        }
        "ZipMap" => {
            attributes.classes()?;
            match width()? {
                2 => Ok((Step::Same, 2)),
                other => Err(problem(node, format_args!("it names {other} columns by two classes"))),
            }
        }
        "Cast" => {
            attributes.int("saturate");
            let precision = match attributes.int("to").and_then(|to| i32::try_from(to).ok()) {
                Some(element::FLOAT) => Precision::Single,
                Some(element::DOUBLE) => Precision::Double,
                other => {
                    let to = other.unwrap_or_default();
                    return Err(problem(
                        node,
                        format_args!("it casts to type {to}; float and double are read"),
                    ));
                }
            };
            Ok((Step::Cast(precision), width()?))
        }
        "Imputer" => Ok((Step::Impute(Imputer::read(attributes, width()?)?), width()?)),
        "Scaler" => Ok((Step::Scale(Scaler::read(attributes, width()?)?), width()?)),
        "Normalizer" => Ok((Step::Normalize(Normalizer::read(attributes)?), width()?)),
        "ArrayFeatureExtractor" => match inputs {
            [Known::Rows(width), Known::Fixed(places)] => {
                let places = extracted(attributes, places, *width)?;
                let count = places.len();
                Ok((Step::Extract(places), count))
            }
            _ => Err(problem(node, "it does not take fixed columns")),
        },
        "Concat" => {
            let axis = attributes.int("axis");
            let widths: Option<Vec<usize>> = inputs.iter().map(Known::width).collect();
            match widths.filter(|_| matches!(axis, Some(1 | -1))) {
                Some(widths) => Ok((Step::Beside, widths.iter().sum())),
                None => Err(problem(node, "it does not put columns beside each other")),
            }
        }
        "Sigmoid" => point(Pointwise::Sigmoid),
        "Relu" => point(Pointwise::Relu),
        "Tanh" => point(Pointwise::Tanh),
        "Exp" => point(Pointwise::Exp),
        "Neg" => point(Pointwise::Neg),
        "Softmax" => match attributes.int("axis") {
            None | Some(1 | -1) => point(Pointwise::Softmax),
            Some(axis) => Err(problem(node, format_args!("its axis is {axis}; rows are axis 1"))),
        },
        "Add" | "Sum" => elementwise(node, Sign::Add, inputs),
        "Sub" => elementwise(node, Sign::Sub, inputs),
        "Mul" => elementwise(node, Sign::Mul, inputs),
        "Div" => elementwise(node, Sign::Div, inputs),
        "MatMul" => product(node, inputs, false),
        "Gemm" => {
            let whole = [attributes.float("alpha"), attributes.float("beta")];
            let turned = attributes.int("transA").unwrap_or_default() != 0;
            let weights_turned = attributes.int("transB").unwrap_or_default() != 0;
            if turned || whole.into_iter().flatten().any(|factor| factor != 1.0) {
                return Err(problem(node, "it turns its rows, or has factors other than 1"));
            }
            product(node, inputs, weights_turned)
        }
        "LinearClassifier" => {
            alone(1)?;
            Ok((Step::Linear(Classifier::read(attributes, width()?)?), 2))
        }
        "TreeEnsembleClassifier" => {
            alone(1)?;
            Ok((Step::Trees(Trees::classifier(attributes, width()?)?), 2))
        }
        "TreeEnsembleRegressor" => {
            let trees = Trees::regressor(attributes, width()?)?;
            let width = trees.width();
            Ok((Step::Trees(trees), width))
        }
        _ => Err(problem(
            node,
            format_args!("this operator is not read; those that are: {}", OPERATORS.join(", ")),
        )),
    }
}

impl Known<'_> {
    fn width(&self) -> Option<usize> {
        match self {
            Self::Rows(width) => Some(*width),
            Self::Fixed(_) => None,
        }
    }
}

fn elementwise(node: &Node, sign: Sign, inputs: &[Known<'_>]) -> Result<(Step, usize), ModelError> {
    let mut place = 0;
    let side = |known: &Known<'_>| match known {
        Known::Rows(width) => {
            place += 1;
            Some((Side::Rows(place - 1), *width))
        }
        Known::Fixed(constant) => Some((Side::fixed(constant)?, constant.width)),
    };
    let sides: Option<Vec<(Side, usize)>> = inputs.iter().map(side).collect();
    let sides = sides
        .ok_or_else(|| problem(node, "it adds or multiplies by something that differs from row to row"))?;
    let width = sides.iter().map(|(_, width)| *width).max().unwrap_or_default();
    if sides.len() < 2 || sides.iter().any(|(_, own)| *own != 1 && *own != width) {
        return Err(problem(node, "its sides have different numbers of columns"));
    }
    let sides = sides.into_iter().map(|(side, _)| side).collect();
    Ok((Step::Element(Elementwise { sign, sides, width }), width))
}

fn product(node: &Node, inputs: &[Known<'_>], turned: bool) -> Result<(Step, usize), ModelError> {
    let (width, matrix, added) = match inputs {
        [Known::Rows(width), Known::Fixed(matrix)] => (*width, matrix, None),
        [Known::Rows(width), Known::Fixed(matrix), Known::Fixed(added)] => (*width, matrix, Some(added)),
        _ => return Err(problem(node, "it does not multiply columns by a fixed matrix")),
    };
    let (rows, columns) = if turned { (matrix.width, matrix.rows) } else { (matrix.rows, matrix.width) };
    let added = added.map_or(vec![0.0; columns], |added| match added.values.len() {
        1 => vec![added.values[0]; columns],
        _ => added.values.clone(),
    });
    if rows != width || columns == 0 || added.len() != columns {
        return Err(problem(node, format_args!("its matrix of {rows} rows does not fit {width} columns")));
    }
    let at = |row: usize, column: usize| match turned {
        true => matrix.values[column * matrix.width + row],
        false => matrix.values[row * matrix.width + column],
    };
    let weights = (0..columns).map(|column| (0..rows).map(|row| at(row, column)).collect()).collect();
    Ok((Step::Multiply(Product { weights, added }), columns))
}
