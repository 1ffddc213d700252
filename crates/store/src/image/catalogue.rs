use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use rusqlite::{Connection, OpenFlags};
use serde::Serialize;
use serde_json::Value;

use super::counts::Counts;
use super::packing::Exemplars;
use super::writer::ImageWriter;
use crate::StoreError;
use crate::sqlite::{check_version, facts};

/// What an image says of itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImageInfo {
    /// Its name, which labs and sandboxes refer to.
    pub name: String,
    /// Its title for people.
    pub title: String,
    /// SHA-256 over every resource in order, lower-case hexadecimal.
    pub digest: String,
    /// How many resources it holds.
    pub resources: u32,
    /// The size of its file.
    pub size_bytes: u64,
    /// How it was made.
    pub origin: Value,
    /// Where its file is.
    #[serde(skip)]
    pub path: PathBuf,
    /// What its bodies are packed against.
    #[serde(skip)]
    pub(crate) exemplars: Arc<Exemplars>,
}

impl ImageInfo {
    /// Reads the facts of the image file at `path`.
    pub(super) fn read(name: &str, path: &Path) -> Result<Self, StoreError> {
        let damaged = || StoreError::Damaged { what: format!("the image {}", path.display()) };
        let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        check_version(&connection, path)?;
        let fact = |fact: &str| facts::get(&connection, "main", fact)?.ok_or_else(damaged);
        Ok(Self {
            name: name.to_owned(),
            title: fact("title")?,
            digest: fact("digest")?,
            resources: fact("resources")?.parse().map_err(|_| damaged())?,
            size_bytes: fs::metadata(path).map_err(StoreError::io(path))?.len(),
            origin: serde_json::from_str(&fact("origin")?).map_err(|_| damaged())?,
            path: path.to_owned(),
            exemplars: Arc::new(Exemplars::read(&connection)?),
        })
    }
}

/// The folder of finished images.
#[derive(Debug, Clone)]
pub struct Images {
    folder: PathBuf,
    /// What was read of each file, and the file's time then: every new sandbox asks.
    known: Arc<Mutex<HashMap<String, (SystemTime, ImageInfo)>>>,
    counts: Arc<Counts>,
}

impl Images {
    /// The images kept in `folder`, which need not exist yet.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, known: Arc::default(), counts: Arc::default() }
    }

    /// Starts a new image, or a new edition of one that no sandbox needs any more.
    pub fn create(&self, name: &str) -> Result<ImageWriter, StoreError> {
        check_name(name)?;
        ImageWriter::create(&self.folder, name)
    }

    /// The image `name`.
    pub fn get(&self, name: &str) -> Result<ImageInfo, StoreError> {
        check_name(name)?;
        let path = self.folder.join(format!("{name}.sqlite"));
        if !path.exists() {
            return Err(StoreError::NotFound { what: format!("image '{name}'") });
        }
        let written = fs::metadata(&path).and_then(|file| file.modified()).map_err(StoreError::io(&path))?;
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, info)) = known.get(name).filter(|(then, _)| *then == written) {
            return Ok(info.clone());
        }
        let info = ImageInfo::read(name, &path)?;
        known.insert(name.to_owned(), (written, info.clone()));
        Ok(info)
    }

    /// What is known of searches in these images.
    pub(crate) fn counts(&self) -> &Arc<Counts> {
        &self.counts
    }

    /// Every image, by name.
    pub fn list(&self) -> Result<Vec<ImageInfo>, StoreError> {
        if !self.folder.exists() {
            return Ok(Vec::new());
        }
        let mut names = Vec::new();
        for file in fs::read_dir(&self.folder).map_err(StoreError::io(&self.folder))? {
            let file = file.map_err(StoreError::io(&self.folder))?.file_name();
            names.extend(file.to_string_lossy().strip_suffix(".sqlite").map(str::to_owned));
        }
        names.sort();
        names.iter().map(|name| self.get(name)).collect()
    }
}

/// Image names are path parts: lower-case letters, digits and hyphens only.
fn check_name(name: &str) -> Result<(), StoreError> {
    let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if !name.is_empty() && name.len() <= 64 && name.chars().all(good) {
        return Ok(());
    }
    Err(StoreError::NotFound {
        what: format!("an image named '{name}' (lower-case letters, digits and hyphens)"),
    })
}
