use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use ::lake::{Manifest, TableOf};
use data_encoding::HEXLOWER;
use serde_json::json;
use sha2::{Digest, Sha256};
use standards::fhir::instant;
use store::StoreError;
use store::sandbox::{Frozen, View};

use super::error::LakeError;
use super::file::Source;
use super::register::Register;
use super::shelf::Lakes;
use super::snapshots::{manifest_of, numbers};
use super::tables::{Definition, definitions};
use crate::access::{Access, outcome};
use crate::images::Recipe;
use crate::platform::Platform;

/// The shape of a manifest.
const FORMAT: u32 = 1;
/// The journal kind of taking a snapshot.
const KIND: &str = "lake.snapshot";
/// Numbers of resources that go into one file. A change makes the file anew that has its number.
const NUMBERS_A_FILE: i64 = 500_000;
/// What draws the people of the region: they are the same for everybody, and none of the hospital's.
const REGION_SEED: u64 = 0x7265_6769_6f6e;
/// Snapshots kept of a hospital; the oldest goes when another is taken.
const KEPT: usize = 10;

/// How far a snapshot is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// It is being taken: tables done, tables in all, rows written.
    Running {
        /// Tables that are done.
        tables: usize,
        /// Tables there will be.
        of: usize,
        /// Rows written so far.
        rows: u64,
    },
    /// It is done, and this is its number.
    Done(u64),
    /// It failed, and why.
    Failed(String),
}

/// A snapshot on its way.
#[derive(Debug, Default)]
pub(super) struct Job {
    tables: AtomicUsize,
    rows: AtomicU64,
    stopped: AtomicBool,
    ended: Mutex<Option<Result<u64, String>>>,
    told: Condvar,
}

impl Job {
    pub(super) fn is_running(&self) -> bool {
        self.ended.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }

    pub(super) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub(super) fn progress(&self) -> Progress {
        match &*self.ended.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(Ok(number)) => Progress::Done(*number),
            Some(Err(why)) => Progress::Failed(why.clone()),
            None => Progress::Running {
                tables: self.tables.load(Ordering::Relaxed),
                of: definitions().len(),
                rows: self.rows.load(Ordering::Relaxed),
            },
        }
    }

    fn end(&self, how: Result<u64, String>) {
        *self.ended.lock().unwrap_or_else(PoisonError::into_inner) = Some(how);
        self.told.notify_all();
    }

    /// Waits until it ends, for a while.
    fn wait(&self, patience: Duration) {
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        drop(self.told.wait_timeout_while(ended, patience, |ended| ended.is_none()));
    }
}

impl Platform {
    /// Begins to take a snapshot of the hospital as it is now, and waits for it no longer than `patience`.
    ///
    /// # Errors
    /// When there is no engine, one is being taken already, or the hospital cannot be frozen.
    pub fn take_lake_snapshot(&self, access: &Access, patience: Duration) -> Result<Progress, LakeError> {
        self.begin_snapshot(access, Origin::Hospital, patience)
    }

    /// Begins a snapshot that shows, instead of the hospital, people of its region whom it never saw, in the tables named or in all;
    /// waits for it no longer than `patience`.
    ///
    /// # Errors
    /// As [`Platform::take_lake_snapshot`], or when there is no table of a name.
    pub fn take_region_snapshot(
        &self,
        access: &Access,
        people: u32,
        tables: Vec<String>,
        patience: Duration,
    ) -> Result<Progress, LakeError> {
        let patients = people.min(self.limits.register_people);
        let recipe = Recipe { patients, seed: REGION_SEED, ..Recipe::default() };
        self.begin_snapshot(access, Origin::Region(recipe, tables), patience)
    }

    fn begin_snapshot(
        &self,
        access: &Access,
        origin: Origin,
        patience: Duration,
    ) -> Result<Progress, LakeError> {
        self.lakes.engine()?;
        let sandbox = access.sandbox().id();
        let job = self.lakes.admit(sandbox)?;
        let begun = Work::begin(self.lakes.clone(), Arc::clone(&job), access, origin).and_then(|work| {
            let thread = std::thread::Builder::new().name("lake-snapshot".to_owned());
            thread
                .spawn(move || work.run())
                .map_err(|error| StoreError::io(Path::new("a thread"))(error).into())
        });
        if let Err(error) = begun {
            job.end(Err(error.to_string()));
            return Err(error);
        }
        job.wait(patience);
        Ok(job.progress())
    }
}

/// Whom a snapshot shows.
enum Origin {
    /// The hospital as it is now.
    Hospital,
    /// People of its region, in these tables.
    Region(Recipe, Vec<String>),
}

/// All that the thread needs.
struct Work {
    lakes: Lakes,
    job: Arc<Job>,
    access: Access,
    origin: Origin,
    frozen: Frozen,
    head: (i64, String),
    folder: PathBuf,
    number: u64,
}

impl Work {
    fn begin(lakes: Lakes, job: Arc<Job>, access: &Access, origin: Origin) -> Result<Self, LakeError> {
        let folder = lakes.snapshots_of(access.sandbox().id());
        for folder in [&folder, &lakes.pool_folder()] {
            fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
        }
        let number = numbers(&folder)?.last().copied().unwrap_or_default() + 1;
        let (seq, hash) = access.sandbox().journal_head()?;
        let frozen = access.sandbox().freeze(&folder.join(format!("{number}.sqlite")))?;
        let head = (seq, HEXLOWER.encode(&hash));
        Ok(Self { lakes, job, access: access.clone(), origin, frozen, head, folder, number })
    }

    /// Takes it, and says how that went. Whatever happens, the job does not stay at work.
    fn run(self) {
        let job = Arc::clone(&self.job);
        let _unfinished = Unfinished(&job);
        let taken = self.take();
        let detail = match &taken {
            Ok(manifest) => json!({
                "snapshot": self.number,
                "tables": manifest.tables.len(),
                "rows": manifest.tables.iter().map(TableOf::rows).sum::<u64>(),
                "sha256": manifest.sha256,
            }),
            Err(error) => json!({"snapshot": self.number, "what": error.to_string()}),
        };
        let outcome = if taken.is_ok() { outcome::OK } else { "failed" };
        if let Err(error) = self.access.note(self.access.event(KIND, None, outcome, detail)) {
            tracing::error!(%error, "a snapshot was not journalled");
        }
        match taken {
            Ok(_) => job.end(Ok(self.number)),
            Err(error) => {
                tracing::warn!(sandbox.id = self.access.sandbox().id(), %error, "a snapshot failed");
                job.end(Err(error.to_string()));
            }
        }
    }

    fn take(&self) -> Result<Manifest, LakeError> {
        let partial = self.folder.join(format!("{}.partial", self.number));
        let whole = self.folder.join(self.number.to_string());
        // What an earlier server left half made is in the way, and nobody's.
        drop(fs::remove_dir_all(&partial));
        let linked = self.lakes.pool.read().unwrap_or_else(PoisonError::into_inner);
        let manifest = self.write(&partial).inspect_err(|_| drop(fs::remove_dir_all(&partial)))?;
        fs::rename(&partial, &whole).map_err(StoreError::io(&whole))?;
        drop(linked);
        self.let_go()?;
        Ok(manifest)
    }

    fn write(&self, folder: &Path) -> Result<Manifest, LakeError> {
        fs::create_dir_all(folder).map_err(StoreError::io(folder))?;
        let (taken, image, tables) = match &self.origin {
            Origin::Hospital => {
                let digest = self.access.sandbox().image().digest.clone();
                (instant::format(self.access.virtual_us()), digest, self.write_hospital(folder)?)
            }
            Origin::Region(recipe, tables) => {
                let register = Register { recipe, tables };
                (register.taken(), register.name()?, self.link_register(folder, &register)?)
            }
        };
        let manifest = Manifest {
            format: FORMAT,
            snapshot: self.number,
            taken,
            journal_seq: self.head.0,
            journal_hash: self.head.1.clone(),
            image,
            sha256: hash_of(&tables),
            tables,
        };
        let path = manifest_of(folder);
        let text = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
        fs::write(&path, text).map_err(StoreError::io(&path))?;
        Ok(manifest)
    }

    fn write_hospital(&self, folder: &Path) -> Result<Vec<TableOf>, LakeError> {
        let mut tables = Vec::new();
        for definition in definitions() {
            tables.push(self.write_table(folder, definition)?);
            self.job.tables.fetch_add(1, Ordering::Relaxed);
        }
        Ok(tables)
    }

    /// The files of a register, by another name: they are kept once, however many hospitals look at them.
    fn link_register(&self, folder: &Path, register: &Register<'_>) -> Result<Vec<TableOf>, LakeError> {
        let made = self.lakes.register(register, &mut |rows| self.go_on(rows))?;
        for table in &made.tables {
            let place = folder.join(&table.name);
            fs::create_dir_all(&place).map_err(StoreError::io(&place))?;
            for file in &table.files {
                let place = folder.join(&file.path);
                fs::hard_link(made.folder.join(&file.path), &place).map_err(StoreError::io(&place))?;
            }
        }
        Ok(made.tables)
    }

    fn write_table(&self, folder: &Path, table: &Definition) -> Result<TableOf, LakeError> {
        let engine = self.lakes.engine()?;
        let place = folder.join(&table.name);
        fs::create_dir_all(&place).map_err(StoreError::io(&place))?;
        let image = self.access.sandbox().image().digest.as_str();
        let mut files = Vec::new();
        for (numbers, part) in parts(self.frozen.view(), table)?.into_iter().zip(0..) {
            let now_us = self.access.virtual_us();
            let source = Source { hospital: self.frozen.view(), image, table, numbers, now_us };
            let file = format!("{}/part-{part:03}.parquet", table.name);
            files.push(source.put(
                engine.as_ref(),
                &self.lakes.pool_folder(),
                (folder, file),
                &mut || self.go_on(1),
            )?);
        }
        Ok(table.table_of(files))
    }

    fn go_on(&self, rows: u64) -> Result<(), LakeError> {
        self.job.rows.fetch_add(rows, Ordering::Relaxed);
        if self.job.stopped.load(Ordering::Relaxed) {
            return Err(LakeError::Busy("the hospital was removed while its snapshot was taken".to_owned()));
        }
        Ok(())
    }

    /// Lets the oldest snapshots go, and the files that only they had.
    fn let_go(&self) -> Result<(), LakeError> {
        let all = numbers(&self.folder)?;
        for number in all.iter().rev().skip(KEPT) {
            let folder = self.folder.join(number.to_string());
            fs::remove_dir_all(&folder).map_err(StoreError::io(&folder))?;
        }
        self.lakes.sweep_pool();
        Ok(())
    }
}

/// The numbers of the resources of each file: those of the image in parts, and those that came later.
fn parts(hospital: View<'_>, table: &Definition) -> Result<Vec<Range<i64>>, StoreError> {
    let last = hospital.image_last_number()?;
    let mut parts: Vec<Range<i64>> = Vec::new();
    let mut start = 1;
    while start <= last {
        parts.push(start..start.saturating_add(NUMBERS_A_FILE));
        start = start.saturating_add(NUMBERS_A_FILE);
    }
    let later = start..i64::MAX;
    let nothing = hospital.digest_within(table.view.resource, &(0..0))?;
    // A table always has a file, from which others read its columns.
    if parts.is_empty() || hospital.digest_within(table.view.resource, &later)? != nothing {
        parts.push(later);
    }
    Ok(parts)
}

/// SHA-256 over the tables: their names, views and files.
fn hash_of(tables: &[TableOf]) -> String {
    let mut digest = Sha256::new();
    for table in tables {
        for text in
            [&table.name, &table.view_sha256].into_iter().chain(table.files.iter().map(|file| &file.sha256))
        {
            digest.update((text.len() as u64).to_be_bytes());
            digest.update(text);
        }
    }
    HEXLOWER.encode(&digest.finalize())
}

/// Ends a job that is still said to be at work when its thread ends, whatever ended it.
struct Unfinished<'a>(&'a Job);

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        if self.0.is_running() {
            self.0.end(Err("the snapshot ended before it was whole; the server's log says why".to_owned()));
        }
    }
}
