use std::fs;
use std::path::{Path, PathBuf};

use ::lake::{Column, Grant, Manifest, Sight, Table, TableOf};
use store::StoreError;

use super::build::Progress;
use super::error::LakeError;
use super::right::Right;
use crate::access::Access;
use crate::platform::Platform;

/// The file that says what a snapshot is.
const MANIFEST: &str = "manifest.json";

/// Where the manifest of the snapshot in `folder` is.
pub(super) fn manifest_of(folder: &Path) -> PathBuf {
    folder.join(MANIFEST)
}

/// The numbers of the snapshots that are whole, in order.
pub(super) fn numbers(folder: &Path) -> Result<Vec<u64>, StoreError> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(StoreError::io(folder)(error)),
    };
    let names = entries.flatten().filter_map(|entry| entry.file_name().into_string().ok());
    let mut numbers: Vec<u64> = names.filter_map(|name| name.parse().ok()).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// A snapshot, without its tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SnapshotInfo {
    /// Its number.
    pub number: u64,
    /// The hospital's own time when it was taken.
    pub taken: String,
    /// The hash over its tables.
    pub sha256: String,
}

/// A table as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableSeen {
    /// Its name.
    pub name: String,
    /// What its rows are.
    pub title: String,
    /// The columns they see, and whether each is shown as it is.
    pub columns: Vec<(Column, bool)>,
    /// How many rows it has, if nothing of it is hidden from them.
    pub rows: Option<u64>,
}

/// The lake of a hospital, as somebody sees it.
#[derive(Debug, Clone)]
pub struct Overview {
    /// What they may ask.
    pub right: Right,
    /// The snapshots there are, newest first.
    pub snapshots: Vec<SnapshotInfo>,
    /// The tables of the newest that they see.
    pub tables: Vec<TableSeen>,
    /// What is being done, or was done last.
    pub progress: Option<Progress>,
}

/// A snapshot with its folder.
pub(super) struct Snapshot {
    pub(super) manifest: Manifest,
    folder: PathBuf,
}

impl Snapshot {
    /// Its tables as the engine finds them.
    pub(super) fn tables(&self) -> Vec<Table> {
        self.manifest.tables.iter().map(|table| table.table(&self.folder)).collect()
    }
}

impl Platform {
    /// The lake as the role worked as sees it for a purpose.
    ///
    /// # Errors
    /// When the policy grants nothing, or the store fails.
    pub fn lake(&self, access: &Access, purpose: Option<&str>) -> Result<Overview, LakeError> {
        let right = self.lake_right(access, purpose)?;
        let folder = self.lakes.snapshots_of(access.sandbox().id());
        let mut snapshots = Vec::new();
        for number in numbers(&folder)?.into_iter().rev() {
            let Manifest { taken, sha256, .. } = self.lake_snapshot(access, Some(number))?.manifest;
            snapshots.push(SnapshotInfo { number, taken, sha256 });
        }
        let tables = match self.lake_snapshot(access, None) {
            Ok(newest) => {
                let grant = self.lake_grant(access, &right, &newest.tables())?;
                newest.manifest.tables.iter().filter_map(|table| seen(table, &grant)).collect()
            }
            Err(LakeError::NoSnapshot) => Vec::new(),
            Err(error) => return Err(error),
        };
        let progress = self.lakes.job(access.sandbox().id()).map(|job| job.progress());
        Ok(Overview { right, snapshots, tables, progress })
    }

    /// The manifest of a snapshot, for who sees all of it: it tells how many rows there are of everything.
    ///
    /// # Errors
    /// When there is no such snapshot, or something of it is hidden.
    pub fn lake_manifest(
        &self,
        access: &Access,
        purpose: Option<&str>,
        number: u64,
    ) -> Result<Manifest, LakeError> {
        let right = self.lake_right(access, purpose)?;
        let snapshot = self.lake_snapshot(access, Some(number))?;
        let grant = self.lake_grant(access, &right, &snapshot.tables())?;
        let is_whole = |table: &TableOf| seen(table, &grant).is_some_and(|seen| seen.rows.is_some());
        if snapshot.manifest.tables.iter().all(is_whole) {
            return Ok(snapshot.manifest);
        }
        let what = format!(
            "a manifest counts the rows of everything, and for {} not everything is there",
            right.purpose
        );
        Err(LakeError::Reason(format!("{what}; the list of tables has what is")))
    }

    /// A snapshot by its number, or the newest.
    pub(super) fn lake_snapshot(&self, access: &Access, number: Option<u64>) -> Result<Snapshot, LakeError> {
        let all = self.lakes.snapshots_of(access.sandbox().id());
        let known = numbers(&all)?;
        let number = match number {
            Some(number) if !known.contains(&number) => return Err(LakeError::UnknownSnapshot(number)),
            Some(number) => number,
            None => *known.last().ok_or(LakeError::NoSnapshot)?,
        };
        let folder = all.join(number.to_string());
        let path = manifest_of(&folder);
        let bytes = fs::read(&path).map_err(StoreError::io(&path))?;
        let manifest = serde_json::from_slice(&bytes).map_err(|error| StoreError::Damaged {
            what: format!("{}: {error}; take another snapshot", path.display()),
        })?;
        Ok(Snapshot { manifest, folder })
    }
}

/// A table as a grant shows it.
fn seen(table: &TableOf, grant: &Grant) -> Option<TableSeen> {
    let granted = grant.tables.get(&table.name)?;
    let columns: Vec<(Column, bool)> = table
        .columns
        .iter()
        .filter_map(|column| Some((column.clone(), *granted.columns.get(&column.name)? == Sight::Shown)))
        .collect();
    let shows_all = columns.len() == table.columns.len() && columns.iter().all(|(_, as_it_is)| *as_it_is);
    let hides_none = granted.rows.is_none() && grant.hidden_people.is_empty();
    let rows = (grant.detail == ::lake::Detail::Rows && shows_all && hides_none).then(|| table.rows());
    Some(TableSeen { name: table.name.clone(), title: table.title.clone(), columns, rows })
}
