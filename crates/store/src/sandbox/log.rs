use std::fs::File;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use crate::StoreError;

/// Brings commits to the disk, as many at a time as wait for it.
///
/// A commit writes its pages to SQLite's write-ahead log and gets a [`Commit`]; only [`Log::reach_disk`] makes it last.
/// That wait happens outside the sandbox's lock, so the next change is worked out meanwhile, and one call to the disk
/// serves every commit made before it began. A log cut short by a crash ends before the first commit that is not whole,
/// because SQLite's frames carry a running checksum: what was acknowledged is there, what was not may be gone.
#[derive(Default)]
pub(super) struct Log {
    progress: Mutex<Progress>,
    moved: Condvar,
}

#[derive(Default)]
struct Progress {
    /// Where the newest commit went. An older file was folded into its database when it was closed.
    file: Option<Arc<File>>,
    committed: u64,
    on_disk: u64,
    under_way: bool,
}

/// A commit that may not be on disk yet: its place among all of this sandbox.
pub(super) struct Commit(u64);

impl Log {
    /// Takes note of a commit just made to `file`. To be called under the lock that orders commits.
    pub(super) fn committed(&self, file: &Arc<File>) -> Commit {
        let mut progress = self.progress();
        progress.committed += 1;
        progress.file = Some(Arc::clone(file));
        Commit(progress.committed)
    }

    /// Returns once `commit` is on disk; `path` is named where the disk refuses.
    pub(super) fn reach_disk(&self, commit: &Commit, path: &Path) -> Result<(), StoreError> {
        let mut progress = self.progress();
        while progress.on_disk < commit.0 {
            progress = match progress.file.clone() {
                Some(file) if !progress.under_way => self.sync(progress, &file, path)?,
                _ => self.moved.wait(progress).unwrap_or_else(PoisonError::into_inner),
            };
        }
        Ok(())
    }

    /// One call to the disk, on behalf of every commit there is so far.
    fn sync<'a>(
        &'a self,
        mut progress: MutexGuard<'a, Progress>,
        file: &File,
        path: &Path,
    ) -> Result<MutexGuard<'a, Progress>, StoreError> {
        progress.under_way = true;
        let covered = progress.committed;
        drop(progress);
        let synced = file.sync_data();
        let mut progress = self.progress();
        progress.under_way = false;
        self.moved.notify_all();
        synced.map_err(StoreError::io(path))?;
        progress.on_disk = progress.on_disk.max(covered);
        Ok(progress)
    }

    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    /// A file that cannot be brought to any disk.
    fn refusing() -> Arc<File> {
        Arc::new(File::open("/dev/null").unwrap())
    }

    #[test]
    fn a_commit_counts_only_when_the_disk_has_it() {
        let log = Log::default();
        let refused = log.committed(&refusing());
        assert!(matches!(log.reach_disk(&refused, Path::new("log")), Err(StoreError::Io { .. })));

        let taken = log.committed(&Arc::new(tempfile::tempfile().unwrap()));
        log.reach_disk(&taken, Path::new("log")).unwrap();
        assert_eq!(log.progress().on_disk, 2);
    }

    #[test]
    fn everyone_who_waits_is_served() {
        let log = Log::default();
        let file = Arc::new(tempfile::tempfile().unwrap());
        let served = AtomicU64::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let commit = log.committed(&file);
                        log.reach_disk(&commit, Path::new("log")).unwrap();
                        assert!(log.progress().on_disk >= commit.0);
                        served.fetch_add(1, Ordering::Relaxed);
                    }
                });
            }
        });
        assert_eq!(served.into_inner(), 400);
    }
}
