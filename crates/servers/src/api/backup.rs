use schemars::JsonSchema;
use serde::Serialize;
use standards::fhir::instant;

use super::call::Call;
use super::given::Nothing;
use crate::problem::Problem;

#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct BackupView {
    /// The new folder, below the server's data folder.
    folder: String,
    begun: String,
    images: u32,
    sandboxes: u32,
    size_bytes: u64,
}

/// Copies everything into `backups/` in the data folder. Where else, only someone at the machine may say.
pub(super) fn back_up(call: &Call<'_>, _: &Nothing) -> Result<BackupView, Problem> {
    let begun = instant::format(call.platform().clock().now_us());
    let name: String = begun.chars().filter(char::is_ascii_alphanumeric).collect();
    let folder = format!("backups/{name}");
    let backup = call.platform().backup_to(&call.platform().data().join(&folder), &|_, _| {})?;
    let (images, sandboxes, size_bytes) = (backup.images, backup.sandboxes, backup.size_bytes);
    Ok(BackupView { folder, begun: instant::format(backup.begun_us), images, sandboxes, size_bytes })
}
