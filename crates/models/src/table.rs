use crate::problem::ModelError;

/// Columns of numbers, where NaN says that a value is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    names: Vec<String>,
    columns: Vec<Vec<f64>>,
    rows: usize,
}

impl Table {
    /// A table of named columns of one length.
    ///
    /// # Errors
    /// When the lengths differ, there is no column, or a number is infinite.
    pub fn new(named: Vec<(String, Vec<f64>)>) -> Result<Self, ModelError> {
        let rows = named.first().map(|(_, column)| column.len());
        let rows = rows.ok_or_else(|| ModelError::Shape("the table has no columns".to_owned()))?;
        for (name, column) in &named {
            if column.len() != rows {
                let what = format!("column {name} has {} values, and the first column {rows}", column.len());
                return Err(ModelError::Shape(what));
            }
            if let Some(row) = column.iter().position(|value| value.is_infinite()) {
                let what = format!("column {name} is infinite in row {}; leave it empty instead", row + 1);
                return Err(ModelError::Value(what));
            }
        }
        let (names, columns) = named.into_iter().unzip();
        Ok(Self { names, columns, rows })
    }

    /// The names of the columns.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The columns.
    #[must_use]
    pub fn columns(&self) -> &[Vec<f64>] {
        &self.columns
    }

    /// The same with other values in a column.
    #[must_use]
    pub(crate) fn with_column(&self, at: usize, values: Vec<f64>) -> Self {
        let mut columns = self.columns.clone();
        columns[at] = values;
        Self { columns, ..self.clone() }
    }

    /// Some of its columns, in the order given.
    ///
    /// # Errors
    /// When one is not there.
    pub fn columns_of(&self, names: &[&str]) -> Result<Self, ModelError> {
        let column = |name: &&str| {
            let at = self.names.iter().position(|own| own == name);
            let at = at.ok_or_else(|| {
                ModelError::Shape(format!(
                    "there is no column '{name:.80}'; there are {}",
                    self.names.join(", ")
                ))
            })?;
            Ok(((*name).to_owned(), self.columns[at].clone()))
        };
        Self::new(names.iter().map(column).collect::<Result<_, ModelError>>()?)
    }

    /// Some of its rows, in the order given.
    #[must_use]
    pub fn rows_of(&self, rows: &[usize]) -> Self {
        let of = |column: &Vec<f64>| rows.iter().map(|row| column[*row]).collect();
        Self { names: self.names.clone(), columns: self.columns.iter().map(of).collect(), rows: rows.len() }
    }

    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// A row, in the order of the columns.
    #[must_use]
    pub fn row(&self, row: usize) -> Vec<f64> {
        self.columns.iter().map(|column| column[row]).collect()
    }
}

/// Holds outcomes to what can be learnt from: as many as rows, each 0 or 1, and both of them.
pub(crate) fn check_outcomes(outcomes: &[f64], rows: usize) -> Result<(), ModelError> {
    if outcomes.len() != rows {
        let what = format!("there are {} outcomes for {rows} rows", outcomes.len());
        return Err(ModelError::Shape(what));
    }
    if let Some(row) = outcomes.iter().position(|&outcome| outcome != 0.0 && outcome != 1.0) {
        let what = format!("the outcome of row {} is {}; an outcome is 0 or 1", row + 1, outcomes[row]);
        return Err(ModelError::Value(what));
    }
    match outcomes.first() {
        None => Err(ModelError::Shape("there are no rows".to_owned())),
        Some(first) if outcomes.iter().all(|outcome| outcome == first) => {
            Err(ModelError::OneOutcome(u8::from(*first == 1.0)))
        }
        Some(_) => Ok(()),
    }
}
