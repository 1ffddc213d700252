use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use store::StoreError;

use super::sums::MANIFEST;

/// Raised when a backup of an older shape can no longer be put back as it is.
const FORMAT: u32 = 1;

/// What a backup says of itself, in `backup.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// The shape of the backup.
    format: u32,
    /// When it was begun, microseconds since 1970 UTC.
    pub begun_us: i64,
    /// Hospital images in it.
    pub images: u32,
    /// Sandboxes in it.
    pub sandboxes: u32,
    /// Size of all its files.
    pub size_bytes: u64,
    /// The digest of `SHA256SUMS`, which holds the digest of every other file.
    pub sums: String,
}

impl Backup {
    pub(super) fn begun(begun_us: i64) -> Self {
        Self { format: FORMAT, begun_us, images: 0, sandboxes: 0, size_bytes: 0, sums: String::new() }
    }

    pub(super) fn write(&self, folder: &Path) -> Result<(), StoreError> {
        let path = folder.join(MANIFEST);
        let text = serde_json::to_vec_pretty(self).unwrap_or_default();
        fs::write(&path, text).map_err(StoreError::io(&path))?;
        fs::File::open(&path).and_then(|file| file.sync_all()).map_err(StoreError::io(&path))
    }

    pub(super) fn read(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(MANIFEST);
        let what = || format!("the backup {}", folder.display());
        if !path.exists() {
            return Err(StoreError::NotFound { what: format!("{} (a folder with backup.json)", what()) });
        }
        let text = fs::read(&path).map_err(StoreError::io(&path))?;
        let backup: Option<Self> = serde_json::from_slice(&text).ok();
        backup.filter(|it| it.format == FORMAT).ok_or_else(|| StoreError::Damaged { what: what() })
    }
}
