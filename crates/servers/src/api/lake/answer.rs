use axum::http::StatusCode;
use platform::lake::{Answer, Body, Form, csv};
use schemars::JsonSchema;
use serde::Deserialize;

use crate::api::route::Reply;
use crate::problem::Problem;

/// The media types of answers beside JSON.
pub(super) const MEDIA_TYPES: [&str; 3] =
    ["text/csv; charset=utf-8", "application/vnd.apache.arrow.stream", "application/vnd.apache.parquet"];

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Format {
    /// Columns and rows.
    #[default]
    Json,
    /// Values divided by commas (RFC 4180).
    Csv,
    /// A stream of Arrow IPC.
    Arrow,
    /// A Parquet file.
    Parquet,
}

impl Format {
    /// The form that the engine gives.
    pub(super) fn form(self) -> Form {
        match self {
            Self::Json | Self::Csv => Form::Cells,
            Self::Arrow => Form::Arrow,
            Self::Parquet => Form::Parquet,
        }
    }

    fn media_type(self) -> &'static str {
        let [csv, arrow, parquet] = MEDIA_TYPES;
        match self {
            Self::Json => "application/json",
            Self::Csv => csv,
            Self::Arrow => arrow,
            Self::Parquet => parquet,
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Arrow => "arrows",
            Self::Parquet => "parquet",
        }
    }

    /// An answer as a file called `name`; one that was cut is none.
    pub(super) fn file(self, answer: &Answer, name: &str) -> Result<Reply, Problem> {
        if answer.more {
            let what = format!(
                "the answer has more than {} rows; ask for fewer, or for columns summed up",
                answer.rows
            );
            return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what));
        }
        let bytes = match (&answer.body, self) {
            (Body::Bytes(bytes), _) => bytes.clone(),
            (Body::Cells(rows), Self::Json) => {
                platform::lake::json(&answer.columns, rows).to_string().into_bytes()
            }
            (Body::Cells(rows), _) => csv(&answer.columns, rows).into_bytes(),
        };
        let file = Some(format!("{name}.{}", self.ending()));
        Ok(Reply { media_type: self.media_type(), bytes, file })
    }
}
