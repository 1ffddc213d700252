//! One file of a table: made once, and linked wherever the same view was run over the same resources.

use std::fs;
use std::ops::Range;
use std::path::Path;

use ::lake::{Engine, FileOf, Written};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use store::StoreError;
use store::sandbox::View;

use super::error::LakeError;
use super::tables::Definition;
use crate::views::of_row;

/// Changed when the same rows would be written as other bytes.
const FORMAT: u32 = 1;

/// How the names of files begin that hold what an image has: every hospital over it needs them again.
pub(super) const OF_IMAGE: &str = "image-";

/// What the pool keeps beside a file.
#[derive(Debug, Serialize, Deserialize)]
struct Beside {
    rows: u64,
    bytes: u64,
    sha256: String,
}

/// What a file is made from.
pub(super) struct Source<'a> {
    pub(super) hospital: View<'a>,
    pub(super) image: &'a str,
    pub(super) table: &'a Definition,
    /// Numbers of the resources.
    pub(super) numbers: Range<i64>,
    pub(super) now_us: i64,
}

impl Source<'_> {
    /// Its name in the pool. The same name means the same rows. What is as the image has it is named so, and stays.
    pub(super) fn name(&self) -> Result<String, StoreError> {
        let (kind, nothing) = (self.table.view.resource, 0..0);
        let changed = self.hospital.digest_within(kind, &self.numbers)?;
        let is_of_image = !self.table.is_of_now && changed == self.hospital.digest_within(kind, &nothing)?;
        let mut digest = Sha256::new();
        digest.update(FORMAT.to_be_bytes());
        for text in [self.image, &self.table.sha256, &changed] {
            digest.update((text.len() as u64).to_be_bytes());
            digest.update(text);
        }
        digest.update(self.numbers.start.to_be_bytes());
        digest.update(self.numbers.end.to_be_bytes());
        if self.table.is_of_now {
            digest.update(self.now_us.to_be_bytes());
        }
        let begin = if is_of_image { OF_IMAGE } else { "" };
        Ok(format!("{begin}{}", HEXLOWER.encode(&digest.finalize())))
    }

    /// Finds the file in the pool or makes it, calling `go_on` after every row, and links it as `file` below `snapshot`.
    pub(super) fn put(
        &self,
        engine: &dyn Engine,
        pool: &Path,
        (snapshot, file): (&Path, String),
        go_on: &mut dyn FnMut() -> Result<(), LakeError>,
    ) -> Result<FileOf, LakeError> {
        let name = self.name()?;
        let (kept, beside) = (pool.join(format!("{name}.parquet")), pool.join(format!("{name}.json")));
        let known = fs::read(&beside).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let Beside { rows, bytes, sha256 } = match known.filter(|_| kept.exists()) {
            Some(known) => known,
            None => self.make(engine, &kept, &beside, go_on)?,
        };
        let place = snapshot.join(&file);
        fs::hard_link(&kept, &place).map_err(StoreError::io(&place))?;
        Ok(FileOf { path: file, made_from: name, rows, bytes, sha256 })
    }

    fn make(
        &self,
        engine: &dyn Engine,
        kept: &Path,
        beside: &Path,
        go_on: &mut dyn FnMut() -> Result<(), LakeError>,
    ) -> Result<Beside, LakeError> {
        let partial = tempfile_beside(kept);
        let written = self.write(engine, &partial, go_on);
        let written = written.inspect_err(|_| drop(fs::remove_file(&partial)))?;
        let about = Beside { rows: written.rows, bytes: written.bytes, sha256: written.sha256 };
        let text = serde_json::to_vec(&about).unwrap_or_default();
        fs::write(beside, text).map_err(StoreError::io(beside))?;
        fs::rename(&partial, kept).map_err(StoreError::io(kept))?;
        Ok(about)
    }

    fn write(
        &self,
        engine: &dyn Engine,
        path: &Path,
        go_on: &mut dyn FnMut() -> Result<(), LakeError>,
    ) -> Result<Written, LakeError> {
        let mut writer = engine.create(path, &self.table.columns)?;
        self.hospital.each_body_within::<LakeError>(
            self.table.view.resource,
            &self.numbers,
            &mut |body| {
                let resource: Value = serde_json::from_slice(body).map_err(|error| StoreError::Damaged {
                    what: format!("a stored resource is no JSON: {error}"),
                })?;
                let rows = self.table.view.rows(&resource, self.now_us);
                for row in rows.map_err(|error| LakeError::View {
                    view: self.table.name.clone(),
                    problem: of_row(error),
                })? {
                    writer.add(&row)?;
                    go_on()?;
                }
                Ok(())
            },
        )?;
        Ok(writer.finish()?)
    }
}

/// A name of its own for a file that is being written: two hospitals may make the same one at the same time.
fn tempfile_beside(kept: &Path) -> std::path::PathBuf {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(0);
    kept.with_extension(format!("{}-{}.partial", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed)))
}
