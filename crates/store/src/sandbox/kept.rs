//! Files of a sandbox that neither reset nor snapshot touches: what it owes to the world outside, such as a log that others
//! have seen.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::handle::Sandbox;
use crate::StoreError;

/// What is kept of a sandbox's transparency log beside its entries.
pub const LOG_STANDING: &str = "log.json";
/// The sealed entries of a sandbox's transparency log.
pub const LOG_ENTRIES: &str = "log.entries";

/// The salts of a sandbox's vault.
pub const VAULT: &str = "vault.json";

/// Every kept file, in the order in which they are copied: a copy of an earlier one knows of nothing that the copy of a
/// later one lacks, if the hospital itself is copied last.
const KEPT: [&str; 3] = [LOG_STANDING, LOG_ENTRIES, VAULT];

impl Sandbox {
    /// A whole kept file; none if there is none of this name.
    pub fn kept(&self, name: &'static str) -> Result<Option<Vec<u8>>, StoreError> {
        let path = self.kept_file(name);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(StoreError::io(&path)(error)),
        }
    }

    /// Some bytes of a kept file, from `at`.
    pub fn kept_part(&self, name: &'static str, at: u64, length: usize) -> Result<Vec<u8>, StoreError> {
        let path = self.kept_file(name);
        let read = || {
            let mut file = File::open(&path)?;
            file.seek(SeekFrom::Start(at))?;
            let mut bytes = vec![0; length];
            file.read_exact(&mut bytes).map(|()| bytes)
        };
        read().map_err(StoreError::io(&path))
    }

    /// Replaces a kept file. A crash leaves the old one or the new one.
    pub fn keep(&self, name: &'static str, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.kept_file(name);
        let partial = path.with_extension("partial");
        let write = || {
            let mut file = File::create(&partial)?;
            file.write_all(bytes)?;
            file.sync_data()?;
            fs::rename(&partial, &path)
        };
        write().map_err(StoreError::io(&path))
    }

    /// Lets a kept file end at `at` and go on with `bytes`. A crash may leave the end of them away; what stands before
    /// `at` stays.
    pub fn keep_on(&self, name: &'static str, at: u64, bytes: &[u8]) -> Result<(), StoreError> {
        let path = self.kept_file(name);
        let write = || {
            let mut file = OpenOptions::new().create(true).truncate(false).write(true).open(&path)?;
            file.set_len(at)?;
            file.seek(SeekFrom::Start(at))?;
            file.write_all(bytes)?;
            file.sync_data()
        };
        write().map_err(StoreError::io(&path))
    }

    /// Copies every kept file into the folder `to`, to be called before the hospital is copied there. Returns their size in
    /// bytes.
    pub fn copy_kept(&self, to: &Path) -> Result<u64, StoreError> {
        fs::create_dir_all(to).map_err(StoreError::io(to))?;
        let mut size_bytes = 0;
        for name in KEPT {
            if let Some(bytes) = self.kept(name)? {
                let path = to.join(name);
                let write = || {
                    File::create(&path)
                        .and_then(|mut file| file.write_all(&bytes).and_then(|()| file.sync_data()))
                };
                write().map_err(StoreError::io(&path))?;
                size_bytes += bytes.len() as u64;
            }
        }
        Ok(size_bytes)
    }

    fn kept_file(&self, name: &'static str) -> PathBuf {
        self.folder().join(name)
    }
}
