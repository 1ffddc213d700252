use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

/// Train models and judge them.
#[derive(Debug, Subcommand)]
pub enum ModelCommand {
    /// Fit a model to a table
    Fit(FitFlags),
    /// Write the risk of every row of a table
    Risk {
        /// The model
        #[arg(long, value_name = "FILE")]
        model: PathBuf,
        /// A table with the model's features; an empty cell is a missing value
        #[arg(long, value_name = "CSV")]
        table: PathBuf,
        /// Write what each feature adds to the log odds, too
        #[arg(long)]
        explain: bool,
        /// Where to write the risks
        #[arg(long, value_name = "CSV")]
        out: PathBuf,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Write the risk of every row of a table by a model that was trained elsewhere
    Score {
        /// The model, ONNX
        #[arg(long, value_name = "FILE")]
        onnx: PathBuf,
        /// A table with the model's features; an empty cell is a missing value
        #[arg(value_name = "CSV")]
        table: PathBuf,
        /// The columns in the order the model takes them, where it does not name them itself
        #[arg(long, value_name = "NAMES", value_delimiter = ',')]
        features: Vec<String>,
        /// Columns that are no features
        #[arg(long, value_name = "NAMES", value_delimiter = ',')]
        leave_out: Vec<String>,
        /// Where to write the risks
        #[arg(long, value_name = "CSV")]
        out: PathBuf,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
    /// Say how good risks are: discrimination, calibration, decision curve
    Judge {
        /// A table with outcomes and risks
        #[arg(long, value_name = "CSV")]
        table: PathBuf,
        /// The column with the outcome, 0 or 1
        #[arg(long, value_name = "NAME", default_value = "outcome")]
        outcome: String,
        /// The column with the risk
        #[arg(long, value_name = "NAME", default_value = "risk")]
        risk: String,
        /// A column by which to judge people apart
        #[arg(long, value_name = "NAME")]
        group: Option<String>,
        /// The risk from which one acts, for the groups
        #[arg(long, value_name = "P", default_value_t = 0.5)]
        threshold: f64,
        /// Print the result as JSON
        #[arg(long)]
        json: bool,
    },
}

/// What is learnt, and how.
#[derive(Debug, Clone, Args)]
pub struct FitFlags {
    /// The table: CSV with a line of headings; an empty cell is a missing value
    #[arg(long, value_name = "CSV")]
    pub table: PathBuf,
    /// The column with the outcome, 0 or 1
    #[arg(long, value_name = "NAME", default_value = "outcome")]
    pub outcome: String,
    /// Columns that are no features
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub leave_out: Vec<String>,
    /// The kind of model
    #[arg(long, value_enum, default_value = "logistic")]
    pub kind: ModelKind,
    /// Logistic: weight of the data against the penalty, scikit-learn's C; without it there is no penalty
    #[arg(long, value_name = "C")]
    pub strength: Option<f64>,
    /// Boosting: how many trees
    #[arg(long, value_name = "N", default_value_t = 100)]
    pub trees: usize,
    /// Boosting: how deep a tree may be
    #[arg(long, value_name = "N", default_value_t = 6)]
    pub max_depth: usize,
    /// Boosting: what share of each tree counts
    #[arg(long, value_name = "R", default_value_t = 0.1)]
    pub learning_rate: f64,
    /// Where to write the model
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
}

/// A kind of model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ModelKind {
    /// Logistic regression
    Logistic,
    /// Gradient boosting of trees
    Boosting,
}
