use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError};

use ::lake::{Engine, FileOf, Table, TableOf, TableWriter};
use ::views::Row;
use data_encoding::HEXLOWER;
use hospital::pathways::Library;
use hospital::population::{Recipe, Resource, World};
use rayon::prelude::*;
use serde_json::Value;
use sha2::{Digest, Sha256};
use standards::fhir::instant;
use store::StoreError;

use super::error::LakeError;
use super::shelf::Lakes;
use super::tables::{Definition, definitions};
use crate::content::built_in_pathways;
use crate::ehr::roles::is_restricted;
use crate::views::of_row;

/// Changed when the same people would be written as other bytes.
const FORMAT: u32 = 1;
/// The file that says what a register holds.
const CONTENTS: &str = "register.json";
/// People whose rows go into one file of a table.
const PEOPLE_A_FILE: u32 = 20_000;
/// People that one thread makes at a time, and how many such lots are made before they are written.
const PEOPLE_A_LOT: u32 = 20;
const LOTS_AHEAD: u32 = 16;

/// People who are in no hospital's records: made by a recipe, and at once written as tables. Charts of a hundred thousand would fill
/// a disk; their tables go on a laptop. People with restricted charts are left out, as a register of a region leaves out whoever
/// objects.
#[derive(Debug, Clone, Copy)]
pub(super) struct Register<'a> {
    /// What the people are made by.
    pub(super) recipe: &'a Recipe,
    /// The tables wanted, by name; all, where none is named.
    pub(super) tables: &'a [String],
}

/// A register that was made.
pub(super) struct Registered {
    /// Where its files are.
    pub(super) folder: PathBuf,
    /// Its tables.
    pub(super) tables: Vec<TableOf>,
}

impl Registered {
    /// Its tables as the engine finds them.
    pub(super) fn tables(&self) -> Vec<Table> {
        self.tables.iter().map(|table| table.table(&self.folder)).collect()
    }
}

impl Register<'_> {
    /// Its name: the same name means the same rows.
    pub(super) fn name(&self) -> Result<String, LakeError> {
        let mut digest = Sha256::new();
        digest.update(FORMAT.to_be_bytes());
        digest.update(self.recipe.mark().to_be_bytes());
        digest.update(library()?.digest().to_be_bytes());
        for table in self.definitions()? {
            digest.update(&table.sha256);
        }
        Ok(format!("register-{}", HEXLOWER.encode(&digest.finalize())))
    }

    /// When the people are seen, as an instant.
    pub(super) fn taken(&self) -> String {
        instant::format(self.recipe.as_of_us)
    }

    fn definitions(&self) -> Result<Vec<&'static Definition>, LakeError> {
        if let Some(unknown) =
            self.tables.iter().find(|name| definitions().iter().all(|one| one.name != **name))
        {
            let known: Vec<&str> = definitions().iter().map(|one| one.name.as_str()).collect();
            let what = format!("there is no table '{unknown:.60}'; there are {}", known.join(", "));
            return Err(LakeError::Question(what));
        }
        let is_wanted = |one: &&Definition| self.tables.is_empty() || self.tables.contains(&one.name);
        Ok(definitions().iter().filter(is_wanted).collect())
    }

    /// Writes everybody into `folder`, calling `go_on` after every person with the number of their rows.
    fn write(
        &self,
        engine: &dyn Engine,
        folder: &Path,
        go_on: &mut GoOn<'_>,
    ) -> Result<Vec<TableOf>, LakeError> {
        let definitions = self.definitions()?;
        let world = World::new(self.recipe, library()?);
        let mut tables: Vec<TableOf> = definitions.iter().map(|one| one.table_of(Vec::new())).collect();
        for table in &tables {
            let place = folder.join(&table.name);
            fs::create_dir_all(&place).map_err(StoreError::io(&place))?;
        }
        let starts = (0..self.recipe.patients.max(1)).step_by(PEOPLE_A_FILE as usize);
        for (part, start) in starts.enumerate() {
            let end = start.saturating_add(PEOPLE_A_FILE).min(self.recipe.patients);
            let path = |table: &TableOf| format!("{}/part-{part:03}.parquet", table.name);
            let mut writers = tables
                .iter()
                .map(|table| Ok(engine.create(&folder.join(path(table)), &table.columns)?))
                .collect::<Result<Vec<_>, LakeError>>()?;
            for lots in (start..end).step_by((PEOPLE_A_LOT * LOTS_AHEAD) as usize) {
                let until = lots.saturating_add(PEOPLE_A_LOT * LOTS_AHEAD).min(end);
                let people = (lots..until).into_par_iter().with_min_len(PEOPLE_A_LOT as usize);
                let made: Vec<_> = people.map(|index| self.person(&world, &definitions, index)).collect();
                made.into_iter().try_for_each(|person| go_on(add(&mut writers, &person?)?))?;
            }
            for (table, writer) in tables.iter_mut().zip(writers) {
                let written = writer.finish()?;
                let path = path(table);
                let (rows, bytes, sha256) = (written.rows, written.bytes, written.sha256);
                table.files.push(FileOf { path, made_from: self.name()?, rows, bytes, sha256 });
            }
        }
        Ok(tables)
    }

    /// The rows of one person in each table; none of somebody whose chart is restricted.
    fn person(&self, world: &World, tables: &[&Definition], index: u32) -> Result<Vec<Vec<Row>>, LakeError> {
        let mut rows = vec![Vec::new(); tables.len()];
        let mut is_hidden = false;
        let mut flattened: Result<(), LakeError> = Ok(());
        world.patient(index, &mut |resource: Resource<'_>| {
            let is_person = resource.kind == "Patient";
            let is_wanted = |table: &&Definition| table.view.resource == resource.kind;
            if is_hidden || flattened.is_err() || !(is_person || tables.iter().any(is_wanted)) {
                return;
            }
            let value: Value = serde_json::from_slice(resource.body).unwrap_or_default();
            is_hidden = is_person && is_restricted(&value);
            flattened = tables.iter().zip(&mut rows).filter(|(table, _)| is_wanted(table)).try_for_each(
                |(table, rows)| {
                    let more = table.view.rows(&value, self.recipe.as_of_us);
                    let named = |error| LakeError::View { view: table.name.clone(), problem: of_row(error) };
                    rows.extend(more.map_err(named)?);
                    Ok(())
                },
            );
        });
        flattened?;
        Ok(if is_hidden { Vec::new() } else { rows })
    }
}

/// Hears of every person how many rows were written, and may end the work.
pub(super) type GoOn<'a> = dyn FnMut(u64) -> Result<(), LakeError> + 'a;

/// Adds the rows of a person to the tables, and says how many there were.
fn add(writers: &mut [Box<dyn TableWriter>], person: &[Vec<Row>]) -> Result<u64, LakeError> {
    for (writer, rows) in writers.iter_mut().zip(person) {
        rows.iter().try_for_each(|row| writer.add(row))?;
    }
    Ok(person.iter().map(|rows| rows.len() as u64).sum())
}

impl Lakes {
    /// Finds a register, or makes it: one at a time, so that whoever wants the same finds it.
    pub(super) fn register(
        &self,
        register: &Register<'_>,
        go_on: &mut GoOn<'_>,
    ) -> Result<Registered, LakeError> {
        let folder = self.registers_folder().join(register.name()?);
        let _alone = self.registers.lock().unwrap_or_else(PoisonError::into_inner);
        let contents = folder.join(CONTENTS);
        let known = fs::read(&contents).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        if let Some(tables) = known {
            return Ok(Registered { folder, tables });
        }
        let partial = folder.with_extension("partial");
        // What an earlier server left half made is in the way, and nobody's.
        [&partial, &folder].into_iter().for_each(|left| drop(fs::remove_dir_all(left)));
        fs::create_dir_all(&partial).map_err(StoreError::io(&partial))?;
        let written = register.write(self.engine()?.as_ref(), &partial, go_on).and_then(|tables| {
            let path = partial.join(CONTENTS);
            fs::write(&path, serde_json::to_vec_pretty(&tables).unwrap_or_default())
                .map_err(StoreError::io(&path))?;
            fs::rename(&partial, &folder).map_err(StoreError::io(&folder))?;
            Ok(tables)
        });
        let tables = written.inspect_err(|_| drop(fs::remove_dir_all(&partial)))?;
        Ok(Registered { folder, tables })
    }
}

/// The pathways this program was built with: people of a register are the same wherever it runs.
fn library() -> Result<&'static Arc<Library>, LakeError> {
    built_in_pathways().ok_or_else(|| {
        LakeError::Question(
            "the pathways of this program cannot be read; the server's log says why".to_owned(),
        )
    })
}
