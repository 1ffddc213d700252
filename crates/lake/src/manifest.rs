use serde::{Deserialize, Serialize};

use crate::column::{Column, Table};

/// What a snapshot holds, and what it was made from: `manifest.json` beside its folders of Parquet files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The shape of this file.
    pub format: u32,
    /// Its number within the hospital, from 1.
    pub snapshot: u64,
    /// The hospital's own time when it was taken, as an instant.
    pub taken: String,
    /// The place and hash of the newest journal entry that it shows.
    pub journal_seq: i64,
    /// See `journal_seq`; lower-case hexadecimal.
    pub journal_hash: String,
    /// The image of the hospital.
    pub image: String,
    /// Its tables.
    pub tables: Vec<TableOf>,
    /// SHA-256 over the tables and the hashes of their files, lower-case hexadecimal.
    pub sha256: String,
}

/// A table of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableOf {
    /// Its name, and that of its folder.
    pub name: String,
    /// What its rows are, in some words.
    pub title: String,
    /// The type of the resources it was made from.
    pub resource: String,
    /// The canonical address of its view.
    pub view: String,
    /// SHA-256 of the view as JSON: the version of it that was run.
    pub view_sha256: String,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its files.
    pub files: Vec<FileOf>,
}

/// A file of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileOf {
    /// Its path below the snapshot, with `/`.
    pub path: String,
    /// Its name in the pool that snapshots share: what it was made from, as a hash.
    pub made_from: String,
    /// Its rows.
    pub rows: u64,
    /// Its length in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
}

impl TableOf {
    /// How many rows it has.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.files.iter().map(|file| file.rows).sum()
    }

    /// The table as the engine finds it, its files in the folder `snapshot`.
    #[must_use]
    pub fn table(&self, snapshot: &std::path::Path) -> Table {
        let files = self.files.iter().map(|file| snapshot.join(&file.path)).collect();
        Table::new(&self.name, &self.columns, &self.resource, files)
    }
}
