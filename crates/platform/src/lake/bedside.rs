use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use ::lake::{Answer, Detail, Dialect, Engine, Form, Grant, Limits, Question, Sight, Table, TableGrant};
use store::StoreError;

use super::error::LakeError;
use super::tables::definitions;
use crate::access::Access;
use crate::exports::About;
use crate::fhir::FhirError;
use crate::platform::Platform;
use crate::views::{FlattenError, Wanted, flatten, of_row};

/// How long a question at a bedside may take: whoever opened the chart is waiting, and a busy machine is no reason to say nothing.
const ASKED_FOR: Duration = Duration::from_secs(5);
/// Rows of one patient in one table; somebody with more is not told about.
const ROWS_MAX: usize = 50_000;

/// One patient as the tables of the lake show them, from the hospital as it is at this moment: the same views, the same columns
/// and the same engine as a snapshot has, so that a question means the same here and there.
///
/// It is for decision support inside the hospital, which sees the chart that is open and gives away nothing but its advice;
/// hence it asks no policy, and nobody outside this crate gets at it.
pub(crate) struct Bedside<'p> {
    platform: &'p Platform,
    /// Holds the files of the tables for as long as they may be asked.
    _folder: Folder,
    tables: Vec<Table>,
}

impl<'p> Bedside<'p> {
    /// Flattens what is known of a patient into the tables that `sql` names.
    ///
    /// # Errors
    /// When there is no engine, or something cannot be flattened or written.
    pub(crate) fn of(
        platform: &'p Platform,
        access: &Access,
        patient: &str,
        sql: &str,
    ) -> Result<Self, LakeError> {
        let engine = platform.lakes.engine()?;
        let folder = Folder::new(&platform.lakes.bedside_folder())?;
        let about = About::These { ids: vec![patient.to_owned()], base_url: String::new() };
        let now_us = access.virtual_us();
        let mut tables = Vec::new();
        for definition in definitions().iter().filter(|one| sql.contains(one.name.as_str())) {
            let rows = access.sandbox().view(|view| {
                let wanted = Wanted { about: &about, since_us: None, rows_max: ROWS_MAX, now_us };
                let mut rows = Vec::new();
                let more = flatten(view, &definition.view, &wanted, &mut |row| {
                    rows.push(row);
                    Ok::<(), FhirError>(())
                });
                match more {
                    Ok(false) => Ok(rows),
                    Ok(true) => {
                        let what =
                            format!("of this patient '{}' has more than {ROWS_MAX} rows", definition.name);
                        Err(LakeError::Question(what))
                    }
                    Err(FlattenError::Row(error)) => {
                        Err(LakeError::View { view: definition.name.clone(), problem: of_row(error) })
                    }
                    Err(FlattenError::Other(error)) => Err(LakeError::Question(error.to_string())),
                }
            })?;
            let path = folder.0.join(format!("{}.parquet", definition.name));
            let mut writer = engine.create(&path, &definition.columns)?;
            rows.iter().try_for_each(|row| writer.add(row))?;
            writer.finish()?;
            tables.push(definition.table(vec![path]));
        }
        Ok(Self { platform, _folder: folder, tables })
    }

    /// Answers a question about everybody, of the newest snapshot as it is.
    ///
    /// # Errors
    /// When there is no snapshot, or it has no answer.
    pub(crate) fn of_all(platform: &Platform, access: &Access, sql: &str) -> Result<Answer, LakeError> {
        asked(platform, &platform.lake_snapshot(access, None)?.tables(), sql, Limits::FETCH)
    }

    /// Answers a question about the patient.
    ///
    /// # Errors
    /// When it has no answer.
    pub(crate) fn ask(&self, sql: &str) -> Result<Answer, LakeError> {
        asked(self.platform, &self.tables, sql, Limits { time: ASKED_FOR, ..Limits::SMALL })
    }
}

/// Asks these tables, with nothing hidden.
pub(super) fn asked(
    platform: &Platform,
    tables: &[Table],
    sql: &str,
    limits: Limits,
) -> Result<Answer, LakeError> {
    let engine: &dyn Engine = platform.lakes.engine()?.as_ref();
    let grant = whole(tables);
    let (dialect, form) = (Dialect::Plain, Form::Cells);
    Ok(engine.answer(&Question { sql, values: &[], tables, grant: &grant, dialect, form, limits })?)
}

/// A folder that goes with what holds it.
pub(super) struct Folder(pub(super) PathBuf);

impl Folder {
    pub(super) fn new(all: &Path) -> Result<Self, LakeError> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let own = all.join(format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)));
        // An earlier process may have had this number and been killed.
        drop(fs::remove_dir_all(&own));
        fs::create_dir_all(&own).map_err(StoreError::io(&own))?;
        // The engine knows files by where they really are.
        Ok(Self(own.canonicalize().map_err(StoreError::io(&own))?))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.0) {
            tracing::warn!(folder = %self.0.display(), %error, "tables of one patient were left behind");
        }
    }
}

/// Everything of these tables, as it is.
fn whole(tables: &[Table]) -> Grant {
    let of = |table: &Table| {
        let columns = table.columns.iter().map(|column| (column.name.clone(), Sight::Shown)).collect();
        (table.name.clone(), TableGrant { columns, rows: None })
    };
    Grant {
        detail: Detail::Rows,
        tables: tables.iter().map(of).collect(),
        hidden_people: BTreeSet::new(),
        key: [0; 32],
    }
}
