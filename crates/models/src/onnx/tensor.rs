use super::proto::{self, element};
use crate::problem::ModelError;

/// Values of a tensor that are kept in a file.
const VALUES_MAX: usize = 4_000_000;

/// How exact numbers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Precision {
    Single,
    Double,
}

impl Precision {
    #[expect(clippy::cast_possible_truncation, reason = "that is what single precision is")]
    pub(super) fn round(self, value: f64) -> f64 {
        match self {
            Self::Single => f64::from(value as f32),
            Self::Double => value,
        }
    }
}

/// Rows of numbers, one after the other.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Matrix {
    pub(super) width: usize,
    pub(super) values: Vec<f64>,
    pub(super) precision: Precision,
}

impl Matrix {
    pub(super) fn rows(&self) -> usize {
        self.values.len() / self.width.max(1)
    }

    /// The rows, each made into another.
    pub(super) fn each_row(&self, width: usize, mut make: impl FnMut(&[f64], &mut Vec<f64>)) -> Self {
        let mut values = Vec::with_capacity(self.rows() * width);
        for row in self.values.chunks_exact(self.width) {
            make(row, &mut values);
        }
        values.iter_mut().for_each(|value| *value = self.precision.round(*value));
        Self { width, values, precision: self.precision }
    }
}

/// A tensor of a file: numbers with a shape of at most two dimensions.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Constant {
    pub(super) rows: usize,
    pub(super) width: usize,
    pub(super) values: Vec<f64>,
}

impl Constant {
    #[expect(clippy::cast_precision_loss, reason = "whole numbers of a tensor are places and shapes")]
    pub(super) fn read(tensor: &proto::Tensor) -> Result<Self, ModelError> {
        let named = |what: &str| ModelError::File(format!("the tensor '{:.80}' {what}", tensor.name));
        if tensor.data_location != 0 {
            return Err(named("keeps its values in another file; export the model as one file"));
        }
        let dims: Option<Vec<usize>> = tensor.dims.iter().map(|dim| usize::try_from(*dim).ok()).collect();
        let dims = dims.ok_or_else(|| named("has a dimension below 0"))?;
        let (rows, width) = match dims[..] {
            [] => (1, 1),
            [width] => (1, width),
            [rows, width] => (rows, width),
            _ => return Err(named("has more than two dimensions")),
        };
        let count = rows.checked_mul(width).filter(|count| *count <= VALUES_MAX);
        let count = count.ok_or_else(|| named("is too large"))?;
        let raw = &tensor.raw_data;
        let values: Vec<f64> = match (tensor.data_type, raw.is_empty()) {
            (element::FLOAT, true) => tensor.float_data.iter().copied().map(f64::from).collect(),
            (element::FLOAT, false) => four(raw).map(f32::from_le_bytes).map(f64::from).collect(),
            (element::DOUBLE, true) => tensor.double_data.clone(),
            (element::DOUBLE, false) => eight(raw).map(f64::from_le_bytes).collect(),
            (element::INT64, true) => tensor.int64_data.iter().map(|value| *value as f64).collect(),
            (element::INT64, false) => eight(raw).map(|bytes| i64::from_le_bytes(bytes) as f64).collect(),
            (other, _) => return Err(named(&format!("has elements of type {other}; numbers are read"))),
        };
        match () {
            () if values.len() != count => {
                Err(named(&format!("has {} values where its shape has {count}", values.len())))
            }
            () if values.iter().any(|value| !value.is_finite()) => {
                Err(named("holds a value that is no finite number"))
            }
            () => Ok(Self { rows, width, values }),
        }
    }
}

fn four(raw: &[u8]) -> impl Iterator<Item = [u8; 4]> {
    raw.as_chunks::<4>().0.iter().copied()
}

fn eight(raw: &[u8]) -> impl Iterator<Item = [u8; 8]> {
    raw.as_chunks::<8>().0.iter().copied()
}
