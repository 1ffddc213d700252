use ::lake::{Answer, Column, Kind, Limits, Table};
use serde_json::Value;

use super::bedside::{Folder, asked};
use super::error::LakeError;
use super::register::Register;
use crate::images::Recipe;
use crate::platform::Platform;

/// What the seed of strangers is made for.
const SECRET: &str = "people whom nobody has seen";

/// People whom nobody has seen, as tables: a register from a seed that only this installation has. No door of the lake leads to them,
/// and no policy is asked; what uses them gives away nothing but what is known of some until a moment, and how well their outcomes
/// were foretold.
pub(crate) struct Strangers<'p> {
    platform: &'p Platform,
    tables: Vec<Table>,
    /// Which people they are.
    pub(crate) mark: String,
    /// Until when everything about them is known, microseconds since 1970 UTC.
    pub(crate) known_us: i64,
}

impl<'p> Strangers<'p> {
    /// Finds them, or makes them, in these tables.
    ///
    /// # Errors
    /// When there is no engine, or the tables cannot be written.
    pub(crate) fn of(platform: &'p Platform, tables: &[String]) -> Result<Self, LakeError> {
        let key = platform.seal.key_for(SECRET);
        let seed = key.first_chunk().map(|bytes| u64::from_be_bytes(*bytes)).unwrap_or_default();
        let recipe = Recipe { patients: platform.limits.strangers, seed, ..Recipe::default() };
        let register = Register { recipe: &recipe, tables };
        let made = platform.lakes.register(&register, &mut |_| Ok(()))?;
        Ok(Self { platform, tables: made.tables(), mark: register.name()?, known_us: recipe.as_of_us })
    }

    /// Answers a question about all of them.
    ///
    /// # Errors
    /// When it has no answer.
    pub(crate) fn ask(&self, sql: &str, rows_max: usize) -> Result<Answer, LakeError> {
        asked(self.platform, &self.tables, sql, Limits { rows: rows_max, ..Limits::FETCH })
    }

    /// The same with one more table, by its name, its columns and its rows.
    ///
    /// # Errors
    /// When it cannot be written, or the question has no answer.
    pub(crate) fn ask_about(
        &self,
        &More { name, columns, rows }: &More<'_>,
        sql: &str,
        rows_max: usize,
    ) -> Result<Answer, LakeError> {
        let folder = Folder::new(&self.platform.lakes.bedside_folder())?;
        let path = folder.0.join(format!("{name}.parquet"));
        let column =
            |(name, kind): &(&str, Kind)| Column { name: (*name).to_owned(), kind: *kind, about: None };
        let columns: Vec<Column> = columns.iter().map(column).collect();
        let mut writer = self.platform.lakes.engine()?.create(&path, &columns)?;
        rows.iter().try_for_each(|row| writer.add(row))?;
        writer.finish()?;
        let mut tables = self.tables.clone();
        tables.push(Table::new(name, &columns, "Patient", vec![path]));
        asked(self.platform, &tables, sql, Limits { rows: rows_max, ..Limits::FETCH })
    }
}

/// A table beside those of the strangers.
pub(crate) struct More<'a> {
    pub(crate) name: &'a str,
    pub(crate) columns: &'a [(&'a str, Kind)],
    pub(crate) rows: &'a [Vec<Value>],
}

/// The names of the tables that a question may be about: those whose names stand in it.
pub(crate) fn tables_in(sql: &str) -> impl Iterator<Item = &'static str> {
    super::tables::definitions().iter().map(|one| one.name.as_str()).filter(move |name| sql.contains(name))
}
