use std::fs;
use std::path::Path;

use store::StoreError;
use store::records::{Records, SandboxId};

use super::folders::{copy_all, copy_file, make, remove};
use super::{Backup, sums};
use crate::platform::Platform;

impl Platform {
    /// Copies everything into `folder`, which must not exist yet, while everyone keeps working. The folder appears when
    /// the backup is whole. `progress` hears how many sandboxes of how many are copied.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the folder exists; else whatever stopped the copying.
    pub fn backup_to(
        &self,
        folder: &Path,
        progress: &(dyn Fn(u64, u64) + Sync),
    ) -> Result<Backup, StoreError> {
        if folder.exists() {
            let what = format!("{} exists already; name a new folder for the backup", folder.display());
            return Err(StoreError::Conflict { what });
        }
        let mut name = folder.file_name().unwrap_or_default().to_owned();
        name.push(".partial");
        let partial = folder.with_file_name(name);
        remove(&partial)?;
        make(&partial)?;
        let mut backup = self.fill(&partial, progress)?;
        backup.sums = sums::write(&partial)?;
        backup.write(&partial)?;
        fs::rename(&partial, folder).map_err(StoreError::io(folder))?;
        Ok(backup)
    }

    fn fill(&self, folder: &Path, progress: &(dyn Fn(u64, u64) + Sync)) -> Result<Backup, StoreError> {
        let mut backup = Backup::begun(self.clock.now_us());
        let records = folder.join("platform.sqlite");
        self.records.backup_to(&records)?;
        backup.size_bytes += fs::metadata(&records).map_err(StoreError::io(&records))?.len();
        self.copy_images(&folder.join("images"), &mut backup)?;
        let sandboxes = Records::open(&records)?.sandbox_list()?;
        let total = sandboxes.len() as u64;
        for (done, sandbox) in (0..).zip(&sandboxes) {
            progress(done, total);
            let to = folder.join("sandboxes").join(sandbox.id.as_str());
            match self.copy_sandbox(&sandbox.id, &to) {
                Ok(size_bytes) => {
                    backup.sandboxes += 1;
                    backup.size_bytes += size_bytes;
                }
                // One that was deleted meanwhile is left out.
                Err(_) if self.records.sandbox(&sandbox.id)?.is_none() => remove(&to)?,
                Err(error) => return Err(error),
            }
        }
        progress(total, total);
        Ok(backup)
    }

    fn copy_images(&self, to: &Path, backup: &mut Backup) -> Result<(), StoreError> {
        make(to)?;
        for image in self.images.list()? {
            backup.size_bytes += copy_file(&image.path, &to.join(format!("{}.sqlite", image.name)))?;
            backup.images += 1;
        }
        Ok(())
    }

    /// Copies one sandbox with its snapshots, and returns the size in bytes.
    fn copy_sandbox(&self, id: &SandboxId, to: &Path) -> Result<u64, StoreError> {
        let sandbox = self.sandboxes.open(id.as_str(), self.clock.now_us())?;
        let kept_bytes = sandbox.copy_kept(to)?;
        let hospital = to.join("hospital.sqlite");
        sandbox.copy_to(&hospital)?;
        let size_bytes = kept_bytes + fs::metadata(&hospital).map_err(StoreError::io(&hospital))?.len();
        let snapshots = self.data.join("sandboxes").join(id.as_str()).join("snapshots");
        if !snapshots.exists() {
            return Ok(size_bytes);
        }
        Ok(size_bytes + copy_all(&snapshots, &to.join("snapshots"))?)
    }
}
