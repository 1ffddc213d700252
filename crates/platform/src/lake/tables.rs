//! The tables of the lake: one for each view that is ready.

use std::path::PathBuf;
use std::sync::OnceLock;

use ::lake::{Column, FileOf, Kind, Table, TableOf};
use ::views::View;
use data_encoding::HEXLOWER;
use fhirpath::Engine;
use sha2::{Digest, Sha256};

use crate::views::ready_views;

/// A table before anything is in it.
pub(super) struct Definition {
    /// Its name, that of the view.
    pub(super) name: String,
    /// What its rows are, in some words.
    pub(super) title: &'static str,
    /// The canonical address of the view.
    pub(super) url: &'static str,
    /// The view.
    pub(super) view: View,
    /// SHA-256 of the view as it is written.
    pub(super) sha256: String,
    /// Whether a row depends on when the view is run.
    pub(super) is_of_now: bool,
    /// Its columns.
    pub(super) columns: Vec<Column>,
}

impl Definition {
    /// What a manifest says of it, with the files that hold it.
    pub(super) fn table_of(&self, files: Vec<FileOf>) -> TableOf {
        TableOf {
            name: self.name.clone(),
            title: self.title.to_owned(),
            resource: self.view.resource.to_owned(),
            view: self.url.to_owned(),
            view_sha256: self.sha256.clone(),
            columns: self.columns.clone(),
            files,
        }
    }

    /// The table it makes, with the files that hold it.
    pub(super) fn table(&self, files: Vec<PathBuf>) -> Table {
        Table::new(&self.name, &self.columns, self.view.resource, files)
    }
}

/// The tables there are.
pub(super) fn definitions() -> &'static [Definition] {
    static ALL: OnceLock<Vec<Definition>> = OnceLock::new();
    ALL.get_or_init(|| {
        let engine = Engine::new();
        let read = |ready: &'static crate::views::Ready| {
            let json = serde_json::from_str(&ready.text).ok()?;
            let view = View::read(&engine, &json).ok()?;
            let column = |column: &::views::Column| Column {
                name: column.name.clone(),
                kind: Kind::of(column.type_name.as_deref(), column.collection),
                about: column.description.clone(),
            };
            Some(Definition {
                name: view.name.clone()?,
                title: &ready.title,
                url: &ready.url,
                sha256: HEXLOWER.encode(&Sha256::digest(ready.text.as_bytes())),
                is_of_now: ["now()", "today()", "timeOfDay()"].iter().any(|now| ready.text.contains(now)),
                columns: view.columns.iter().map(column).collect(),
                view,
            })
        };
        ready_views().iter().filter_map(read).collect()
    })
}

/// The tables without files, for what is checked before there is a snapshot.
pub(super) fn bare() -> Vec<Table> {
    definitions().iter().map(|one| one.table(Vec::new())).collect()
}
