use csv::ReaderBuilder;

use crate::problem::ModelError;

/// Columns a sheet may have.
const COLUMNS_MAX: usize = 2_000;
/// Rows a sheet may have.
const ROWS_MAX: usize = 5_000_000;

/// A CSV file with a line of headings, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    names: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

impl Sheet {
    /// Reads a file (RFC 4180).
    ///
    /// # Errors
    /// When lines differ in length, headings repeat, the file is no UTF-8, or it is too large.
    pub fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut reader = ReaderBuilder::new().from_reader(bytes);
        let wrong = |error: csv::Error| ModelError::File(error.to_string());
        let names: Vec<String> =
            reader.headers().map_err(wrong)?.iter().map(|name| name.trim().to_owned()).collect();
        if names.is_empty() || names.len() > COLUMNS_MAX {
            let what = format!("a sheet has from 1 to {COLUMNS_MAX} columns, and this one {}", names.len());
            return Err(ModelError::Shape(what));
        }
        if let Some(again) = names.iter().enumerate().find(|(at, name)| names[..*at].contains(name)) {
            return Err(ModelError::Shape(format!("two columns have the heading '{}'", again.1)));
        }
        let mut rows = Vec::new();
        for row in reader.records() {
            rows.push(row.map_err(wrong)?);
            if rows.len() > ROWS_MAX {
                return Err(ModelError::Shape(format!("a sheet has at most {ROWS_MAX} rows")));
            }
        }
        Ok(Self { names, rows })
    }

    /// The headings.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// How many rows it has, without that of headings.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// A column as text.
    ///
    /// # Errors
    /// When there is no such column.
    pub fn texts(&self, name: &str) -> Result<Vec<String>, ModelError> {
        let at = self.at(name)?;
        Ok(self.rows.iter().map(|row| row[at].to_owned()).collect())
    }

    /// A column as numbers. An empty cell, `NA` or `NaN` is a missing value, `true` is 1 and `false` is 0.
    ///
    /// # Errors
    /// When there is no such column, or a cell holds something else.
    pub fn numbers(&self, name: &str) -> Result<Vec<f64>, ModelError> {
        let at = self.at(name)?;
        let number = |(line, row): (usize, &csv::StringRecord)| match row[at].trim() {
            "" | "NA" | "NaN" | "nan" => Ok(f64::NAN),
            "true" | "True" => Ok(1.0),
            "false" | "False" => Ok(0.0),
            text => text.parse::<f64>().ok().filter(|number| number.is_finite()).ok_or_else(|| {
                let shown: String = text.chars().take(40).collect();
                ModelError::Value(format!("'{shown}' in column {name}, row {}, is no number", line + 1))
            }),
        };
        self.rows.iter().enumerate().map(number).collect()
    }

    fn at(&self, name: &str) -> Result<usize, ModelError> {
        self.names.iter().position(|own| own == name).ok_or_else(|| {
            ModelError::Shape(format!("there is no column '{name}'; there are {}", self.names.join(", ")))
        })
    }
}
