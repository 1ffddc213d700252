use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;

use super::handle::Sandbox;
use super::view::View;
use crate::StoreError;
use crate::image::{Counts, Exemplars};
use crate::sqlite::{attach_image, open_overlay};

/// A hospital as it was at one moment, to read for as long as one likes: nobody waits for it, and nothing that happens
/// meanwhile shows in it. Its file goes when this is dropped.
pub struct Frozen {
    connection: Connection,
    counts: Arc<Counts>,
    image_digest: String,
    exemplars: Arc<Exemplars>,
    path: PathBuf,
}

impl Sandbox {
    /// Freezes the hospital as it is now, in a file at `path`, which must end in `.sqlite`.
    pub fn freeze(&self, path: &Path) -> Result<Frozen, StoreError> {
        self.copy_to(path)?;
        let connection = open_overlay(path)?;
        attach_image(&connection, &self.image().path)?;
        let (counts, image_digest) = (self.counts(), self.image().digest.clone());
        let exemplars = Arc::clone(&self.image().exemplars);
        Ok(Frozen { connection, counts, image_digest, exemplars, path: path.to_owned() })
    }
}

impl Frozen {
    /// The hospital.
    pub fn view(&self) -> View<'_> {
        View {
            connection: &self.connection,
            counts: &self.counts,
            image_digest: &self.image_digest,
            exemplars: &self.exemplars,
        }
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        for path in [&self.path, &self.path.with_extension("sqlite-wal")] {
            let removed = fs::remove_file(path);
            if let Err(error) = removed.or_else(|error| match error.kind() {
                std::io::ErrorKind::NotFound => Ok(()),
                _ => Err(error),
            }) {
                tracing::warn!(path = %path.display(), %error, "the copy of a hospital was left behind");
            }
        }
    }
}
