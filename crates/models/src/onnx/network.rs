use super::read::read;
use super::step::Step;
use super::tensor::{Matrix, Precision};
use crate::problem::ModelError;
use crate::table::Table;

/// The longest file that is read.
pub const ONNX_BYTES_MAX: usize = 11 << 20;

/// Rows that are worked on at a time.
const BATCH: usize = 256;

/// How a network takes its columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Columns {
    /// As one table of so many columns without names: their order has to be said.
    Unnamed(usize),
    /// One input for each, by name.
    Named(Vec<String>),
}

impl Columns {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Self::Unnamed(count) => *count,
            Self::Named(names) => names.len(),
        }
    }
}

/// A classifier of 0 and 1 that was trained elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub struct Network {
    pub(super) columns: Columns,
    /// How exact each input is.
    pub(super) precisions: Vec<Precision>,
    /// Each step with the places of its inputs: first those of the network, then what steps made.
    pub(super) steps: Vec<(Step, Vec<usize>)>,
    /// The place of the risks, and how many columns stand there.
    pub(super) risks: (usize, usize),
    /// What wrote the file, as it says.
    pub(super) producer: String,
}

impl Network {
    /// Reads a file.
    ///
    /// # Errors
    /// [`ModelError::File`] with what is wrong: the operator and node, where it is one.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        if bytes.len() > ONNX_BYTES_MAX {
            let what =
                format!("it has more than {} MB; export fewer or shallower trees", ONNX_BYTES_MAX >> 20);
            return Err(ModelError::File(what));
        }
        read(bytes)
    }

    /// How it takes its columns.
    #[must_use]
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// What wrote the file, as it says of itself.
    #[must_use]
    pub fn producer(&self) -> &str {
        &self.producer
    }

    /// The risks of the rows of a table, whose columns are the network's in their order. NaN says that a value is missing.
    ///
    /// # Errors
    /// When it has another number of columns, or a row has no risk: one that is NaN, or not from 0 to 1.
    pub fn risks(&self, table: &Table) -> Result<Vec<f64>, ModelError> {
        let width = self.columns.count();
        if table.columns().len() != width {
            let what = format!("the model takes {width} columns, and there are {}", table.columns().len());
            return Err(ModelError::Shape(what));
        }
        let mut risks = Vec::with_capacity(table.rows());
        for from in (0..table.rows()).step_by(BATCH) {
            let to = (from + BATCH).min(table.rows());
            self.batch(table, from..to, &mut risks);
        }
        match risks.iter().position(|risk| !(0.0..=1.0).contains(risk)) {
            None => Ok(risks),
            Some(row) => Err(ModelError::Value(format!(
                "row {} has no risk (it comes out as {}); a value may be missing that the model cannot do without",
                row + 1,
                risks[row]
            ))),
        }
    }

    fn batch(&self, table: &Table, rows: std::ops::Range<usize>, risks: &mut Vec<f64>) {
        let mut made: Vec<Matrix> = self.inputs(table, &rows);
        for (step, inputs) in &self.steps {
            let inputs: Vec<&Matrix> = inputs.iter().map(|at| &made[*at]).collect();
            let next = step.run(&inputs);
            made.push(next);
        }
        let (at, width) = self.risks;
        risks.extend(made[at].values.chunks_exact(width).map(|row| row[width - 1]));
    }

    fn inputs(&self, table: &Table, rows: &std::ops::Range<usize>) -> Vec<Matrix> {
        let columns = table.columns();
        let one = |columns: &[Vec<f64>], precision: Precision| {
            let values =
                rows.clone().flat_map(|row| columns.iter().map(move |column| precision.round(column[row])));
            Matrix { width: columns.len(), values: values.collect(), precision }
        };
        match &self.columns {
            Columns::Unnamed(_) => vec![one(columns, self.precisions[0])],
            Columns::Named(_) => columns
                .chunks(1)
                .zip(&self.precisions)
                .map(|(column, precision)| one(column, *precision))
                .collect(),
        }
    }
}
