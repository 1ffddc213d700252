use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use store::StoreError;

/// The file of digests, in the form that `sha256sum --check` reads.
const NAME: &str = "SHA256SUMS";

/// What the manifest calls its own file.
pub(super) const MANIFEST: &str = "backup.json";

/// Writes the digest of every file of a backup, and returns the digest of that list.
pub(super) fn write(folder: &Path) -> Result<String, StoreError> {
    let text = list(&of_all(folder)?);
    let path = folder.join(NAME);
    let mut file = File::create(&path).map_err(StoreError::io(&path))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(StoreError::io(&path))?;
    Ok(HEXLOWER.encode(&Sha256::digest(text.as_bytes())))
}

/// Checks that every file of a backup is as it was written: none changed, none missing, none added.
///
/// # Errors
/// [`StoreError::Damaged`] with the name of the first file that is not.
pub(super) fn check(folder: &Path, digest_of_list: &str) -> Result<(), StoreError> {
    let path = folder.join(NAME);
    let text = fs::read_to_string(&path).map_err(StoreError::io(&path))?;
    let damaged =
        |name: &str| StoreError::Damaged { what: format!("{} of the backup", folder.join(name).display()) };
    if HEXLOWER.encode(&Sha256::digest(text.as_bytes())) != digest_of_list {
        return Err(damaged(NAME));
    }
    let found = of_all(folder)?;
    let wanted: BTreeMap<&str, &str> =
        text.lines().filter_map(|line| line.split_once("  ")).map(|(digest, name)| (name, digest)).collect();
    let differs =
        wanted.iter().find(|(name, digest)| found.get(**name).map(String::as_str) != Some(**digest));
    let added = found.keys().find(|name| !wanted.contains_key(name.as_str()));
    match (differs, added) {
        (Some((name, _)), _) => Err(damaged(name)),
        (None, Some(name)) => Err(damaged(name)),
        (None, None) => Ok(()),
    }
}

fn list(digests: &BTreeMap<String, String>) -> String {
    digests.iter().map(|(name, digest)| format!("{digest}  {name}\n")).collect()
}

/// The digest of every file by its name below `folder`, but for the list and the manifest themselves.
fn of_all(folder: &Path) -> Result<BTreeMap<String, String>, StoreError> {
    let mut digests = BTreeMap::new();
    add(folder, "", &mut digests)?;
    digests.remove(NAME);
    digests.remove(MANIFEST);
    Ok(digests)
}

fn add(folder: &Path, name: &str, digests: &mut BTreeMap<String, String>) -> Result<(), StoreError> {
    let path = folder.join(name);
    if !path.is_dir() {
        digests.insert(name.to_owned(), digest(&path)?);
        return Ok(());
    }
    for entry in fs::read_dir(&path).map_err(StoreError::io(&path))? {
        let file = entry.map_err(StoreError::io(&path))?.file_name();
        let file = file.to_string_lossy();
        let below = if name.is_empty() { file.into_owned() } else { format!("{name}/{file}") };
        add(folder, &below, digests)?;
    }
    Ok(())
}

fn digest(path: &Path) -> Result<String, StoreError> {
    let mut hashing = Hashing(Sha256::new());
    let read = File::open(path).and_then(|mut file| io::copy(&mut file, &mut hashing));
    read.map_err(StoreError::io(path))?;
    Ok(HEXLOWER.encode(&hashing.0.finalize()))
}

/// A writer that keeps nothing but the digest of what goes through it.
struct Hashing(Sha256);

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
