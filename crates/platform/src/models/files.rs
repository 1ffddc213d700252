//! Models by files: what the command line does without a hospital.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use ::models::boosting::{self, Settings};
use ::models::logistic::{self, Penalty};
use ::models::metrics::{Judgement, Subgroup, judge, subgroups};
use ::models::onnx::{Columns, Network};
use ::models::{Model, ModelError, Predictor, Sheet, Table};
use serde::Serialize;

/// Why a model cannot be made or used.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// A file cannot be read or written.
    #[error("{path}: {error}")]
    File {
        /// Its path.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A table or model is not as it must be.
    #[error("{path}: {error}")]
    Model {
        /// The file it stands in.
        path: PathBuf,
        /// What is wrong.
        error: ModelError,
    },
}

/// What kind of model to fit.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// A logistic regression.
    Logistic(Penalty),
    /// Boosted trees.
    Boosting(Settings),
}

/// A model that was fitted.
#[derive(Debug, Serialize)]
pub struct Fitted {
    /// The columns it uses.
    pub features: Vec<String>,
    /// The rows it learnt from.
    pub rows: usize,
    /// How many of them had the outcome.
    pub events: usize,
}

/// Risks that were written.
#[derive(Debug, Serialize)]
pub struct Risks {
    /// How many.
    pub rows: usize,
}

/// Risks that were judged.
#[derive(Debug, Serialize)]
pub struct Judged {
    /// Everybody together.
    pub overall: Judgement,
    /// Each group apart, where there are groups.
    pub groups: Vec<Subgroup>,
}

/// Fits a model to a table, with the outcome in one of its columns and every column that is not left out as a feature, and
/// writes it to a file.
///
/// # Errors
/// [`FileError`] with the file and what is wrong with it.
pub fn fit_file(
    table: &Path,
    outcome: &str,
    leave_out: &[String],
    kind: Kind,
    out: &Path,
) -> Result<Fitted, FileError> {
    let sheet = sheet(table)?;
    let named = |error| FileError::Model { path: table.to_owned(), error };
    let outcomes = sheet.numbers(outcome).map_err(named)?;
    let used = sheet.names().iter().filter(|name| *name != outcome && !leave_out.contains(name));
    let used: Vec<String> = used.cloned().collect();
    let features = columns(&sheet, &used).map_err(named)?;
    let model = match kind {
        Kind::Logistic(penalty) => logistic::fit(&features, &outcomes, penalty).map(Model::Logistic),
        Kind::Boosting(settings) => boosting::fit(&features, &outcomes, &settings).map(Model::Boosted),
    };
    write(out, &model.map_err(named)?.write())?;
    let events = outcomes.iter().filter(|outcome| **outcome == 1.0).count();
    Ok(Fitted { features: used, rows: outcomes.len(), events })
}

/// Writes the risk of every row of a table, and where asked for what each feature adds to its log odds.
///
/// # Errors
/// [`FileError`] with the file and what is wrong with it.
pub fn risk_file(model: &Path, table: &Path, explain: bool, out: &Path) -> Result<Risks, FileError> {
    let read =
        Model::read(&bytes(model)?).map_err(|error| FileError::Model { path: model.to_owned(), error })?;
    let named = |error| FileError::Model { path: table.to_owned(), error };
    let names: Vec<String> = read.features().into_iter().map(str::to_owned).collect();
    let features = columns(&sheet(table)?, &names).map_err(named)?;
    let mut text = "risk".to_owned();
    if explain {
        text.push_str(",base");
        names.iter().for_each(|name| text.extend([",", name]));
    }
    text.push('\n');
    for row in 0..features.rows() {
        let values = features.row(row);
        let risk = read.risk(&values).map_err(named)?;
        // Writing to text does not fail.
        let _ = write!(text, "{risk}");
        if explain {
            let (base, parts) = read.explain(&values).map_err(named)?;
            let _ = write!(text, ",{base}");
            for part in parts {
                let _ = write!(text, ",{}", part.value);
            }
        }
        text.push('\n');
    }
    write(out, &text)?;
    Ok(Risks { rows: features.rows() })
}

/// Judges the risks in a table, with the outcome in another of its columns.
///
/// # Errors
/// [`FileError`] with the file and what is wrong with it.
pub fn judge_file(
    table: &Path,
    outcome: &str,
    risk: &str,
    group: Option<&str>,
    threshold: f64,
) -> Result<Judged, FileError> {
    let named = |error| FileError::Model { path: table.to_owned(), error };
    let sheet = sheet(table)?;
    let outcomes = sheet.numbers(outcome).map_err(named)?;
    let risks = sheet.numbers(risk).map_err(named)?;
    let groups = match group {
        None => Vec::new(),
        Some(group) => {
            let groups = sheet.texts(group).map_err(named)?;
            subgroups(&outcomes, &risks, &groups, threshold).map_err(named)?
        }
    };
    Ok(Judged { overall: judge(&outcomes, &risks).map_err(named)?, groups })
}

/// A table to be scored by a model of ONNX.
#[derive(Debug, Clone, Copy)]
pub struct Scoring<'a> {
    /// The model.
    pub model: &'a Path,
    /// The table.
    pub table: &'a Path,
    /// The columns in the order the model takes them. Without any, those it names; where it names none, all of the table that are not
    /// left out.
    pub features: &'a [String],
    /// Columns that are no features.
    pub leave_out: &'a [String],
    /// Where the risks go.
    pub out: &'a Path,
}

/// Writes the risk of every row of a table by a model that was trained elsewhere.
///
/// # Errors
/// [`FileError`] with the file and what is wrong with it.
pub fn score_file(scoring: &Scoring<'_>) -> Result<Risks, FileError> {
    let Scoring { model, table, features, leave_out, out } = *scoring;
    let network =
        Network::read(&bytes(model)?).map_err(|error| FileError::Model { path: model.to_owned(), error })?;
    let named = |error| FileError::Model { path: table.to_owned(), error };
    let sheet = sheet(table)?;
    let features = match (features, network.columns()) {
        ([], Columns::Named(names)) => names.clone(),
        ([], Columns::Unnamed(_)) => {
            sheet.names().iter().filter(|name| !leave_out.contains(name)).cloned().collect()
        }
        (features, _) => features.to_vec(),
    };
    let asked = columns(&sheet, &features).map_err(named)?;
    let model = Predictor::network(network, features).map_err(named)?;
    let mut text = "risk\n".to_owned();
    for risk in model.risks(&asked).map_err(named)? {
        // Writing to text does not fail.
        let _ = writeln!(text, "{risk}");
    }
    write(out, &text)?;
    Ok(Risks { rows: asked.rows() })
}

fn columns(sheet: &Sheet, names: &[String]) -> Result<Table, ModelError> {
    let columns = names.iter().map(|name| Ok((name.clone(), sheet.numbers(name)?)));
    Table::new(columns.collect::<Result<_, ModelError>>()?)
}

fn sheet(path: &Path) -> Result<Sheet, FileError> {
    Sheet::read(&bytes(path)?).map_err(|error| FileError::Model { path: path.to_owned(), error })
}

fn bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    std::fs::read(path).map_err(|error| FileError::File { path: path.to_owned(), error })
}

fn write(path: &Path, text: &str) -> Result<(), FileError> {
    std::fs::write(path, text).map_err(|error| FileError::File { path: path.to_owned(), error })
}
