use std::time::Duration;

use axum::http::StatusCode;
use platform::lake::{Detail, Overview, Progress, Right};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::api::call::Call;
use crate::problem::Problem;

/// The longest a client may wait for a snapshot, in seconds.
const WAIT_S_MAX: u64 = 8;

/// What somebody looks for.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Purpose {
    /// What it is for, as a code of the policy; the usual purpose of the role worked as, if left out.
    purpose: Option<String>,
}

/// A snapshot to take.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(super) struct NewSnapshot {
    /// How long to wait for it, in seconds, at most 8; it is taken whether somebody waits or not.
    wait_s: u64,
}

/// The lake as somebody sees it.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LakeView {
    right: RightView,
    /// Newest first.
    snapshots: Vec<SnapshotView>,
    /// The tables of the newest.
    tables: Vec<TableView>,
    /// The snapshot that is being taken, or was taken last since the server started.
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<ProgressView>,
}

/// What somebody may ask.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct RightView {
    /// The role worked as.
    role: String,
    purpose: String,
    /// The purposes for which the role may ask.
    purposes: Vec<String>,
    because: String,
    /// If only groups may be asked for: the fewest people of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    smallest_group: Option<u32>,
    /// Whether giving a reason would open restricted charts.
    takes_reason: bool,
    /// Whether one was given that holds still.
    reason_given: bool,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct SnapshotView {
    number: u64,
    /// The hospital's own time.
    taken: String,
    /// Over its tables, lower-case hexadecimal.
    sha256: String,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct TableView {
    name: String,
    title: String,
    columns: Vec<ColumnView>,
    /// How many rows it has, if nothing of it is hidden.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<u64>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ColumnView {
    name: String,
    /// Its type in SQL.
    r#type: &'static str,
    /// Whether it is shown as it is kept.
    as_it_is: bool,
}

/// How far a snapshot is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProgressView {
    /// `running`, `done` or `failed`.
    state: &'static str,
    /// The number of one that is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    snapshot: Option<u64>,
    /// Why one failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    what: Option<String>,
    /// Rows written so far by one that is running.
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<u64>,
}

/// `GET /s/{sandbox}/lake`.
pub(super) fn read(call: &Call<'_>, wanted: &Purpose) -> Result<LakeView, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let Overview { right, snapshots, tables, progress } =
        call.platform().lake(&access, wanted.purpose.as_deref())?;
    let snapshot = |one: platform::lake::SnapshotInfo| SnapshotView {
        number: one.number,
        taken: one.taken,
        sha256: one.sha256,
    };
    let table = |one: platform::lake::TableSeen| {
        let column = |(column, as_it_is): (platform::lake::Column, bool)| ColumnView {
            name: column.name,
            r#type: column.kind.sql(),
            as_it_is,
        };
        TableView {
            name: one.name,
            title: one.title,
            columns: one.columns.into_iter().map(column).collect(),
            rows: one.rows,
        }
    };
    Ok(LakeView {
        right: RightView::of(&right),
        snapshots: snapshots.into_iter().map(snapshot).collect(),
        tables: tables.into_iter().map(table).collect(),
        progress: progress.map(ProgressView::of),
    })
}

/// `POST /s/{sandbox}/lake/snapshots`.
pub(super) fn take(call: &Call<'_>, wanted: &NewSnapshot) -> Result<ProgressView, Problem> {
    if wanted.wait_s > WAIT_S_MAX {
        let what =
            format!("one can wait for {WAIT_S_MAX} s; ask for the lake later to see whether it is done");
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what));
    }
    let access = call.enter(call.part("sandbox"))?;
    let patience = Duration::from_secs(wanted.wait_s);
    Ok(ProgressView::of(call.platform().take_lake_snapshot(&access, patience)?))
}

/// `GET /s/{sandbox}/lake/snapshots/{number}`.
pub(super) fn manifest(call: &Call<'_>, wanted: &Purpose) -> Result<Value, Problem> {
    let access = call.enter(call.part("sandbox"))?;
    let number = call.part("number");
    let number = number.parse().map_err(|_| {
        Problem::new(
            StatusCode::NOT_FOUND,
            format!("'{number}' is no number of a snapshot; the lake lists them"),
        )
    })?;
    let manifest = call.platform().lake_manifest(&access, wanted.purpose.as_deref(), number)?;
    serde_json::to_value(manifest).map_err(|error| Problem::internal(&error))
}

impl RightView {
    pub(super) fn of(right: &Right) -> Self {
        Self {
            role: right.role().to_owned(),
            purpose: right.purpose.clone(),
            purposes: right.purposes.iter().map(|one| one.code.clone()).collect(),
            because: right.because().to_owned(),
            smallest_group: match right.detail() {
                Detail::Rows => None,
                Detail::Groups { smallest } => Some(smallest),
            },
            takes_reason: right.takes_reason(),
            reason_given: right.reason_given,
        }
    }
}

impl ProgressView {
    fn of(progress: Progress) -> Self {
        let view = Self { state: "running", snapshot: None, what: None, rows: None };
        match progress {
            Progress::Running { rows, .. } => Self { rows: Some(rows), ..view },
            Progress::Done(number) => Self { state: "done", snapshot: Some(number), ..view },
            Progress::Failed(what) => Self { state: "failed", what: Some(what), ..view },
        }
    }
}
