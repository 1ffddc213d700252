//! Files in a ZIP archive, in and out.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::ProgrammeError;

/// A file with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedFile {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Bytes that the files of one archive may unfold to: a class list of a whole district has some 20 MB.
const UNPACKED_BYTES_MAX: u64 = 64 << 20;

/// Files in one archive; a class list has at most 17.
const FILES_MAX: usize = 64;

/// What a ZIP archive begins with (APPNOTE 6.3.10, 4.3.7).
const SIGNATURE: &[u8] = b"PK\x03\x04";

/// Files as they were sent, and those inside the archives among them.
pub(super) fn unfolded(sent: &[NamedFile]) -> Result<Vec<NamedFile>, ProgrammeError> {
    let mut files = Vec::new();
    for file in sent {
        if file.bytes.starts_with(SIGNATURE) {
            files.extend(unpack(file)?);
        } else {
            files.push(file.clone());
        }
    }
    Ok(files)
}

fn unpack(archive: &NamedFile) -> Result<Vec<NamedFile>, ProgrammeError> {
    let refuse = |why: String| {
        let advice = "pack the CSV files into a plain ZIP archive, or send them one by one";
        ProgrammeError::invalid("files", format!("{} cannot be unpacked: {why}; {advice}", archive.name))
    };
    let mut zip = ZipArchive::new(Cursor::new(&archive.bytes)).map_err(|error| refuse(error.to_string()))?;
    if zip.len() > FILES_MAX {
        return Err(refuse(format!("it holds {} files, and {FILES_MAX} are read", zip.len())));
    }
    let (mut files, mut left) = (Vec::new(), UNPACKED_BYTES_MAX);
    for at in 0..zip.len() {
        let file = zip.by_index(at).map_err(|error| refuse(error.to_string()))?;
        let name = file.name().map_err(|error| refuse(error.to_string()))?.into_owned();
        let mut bytes = Vec::new();
        // One more than is left, so that a file that is too large shows: what the archive says of its size is not believed.
        file.take(left + 1).read_to_end(&mut bytes).map_err(|error| refuse(error.to_string()))?;
        left = left.checked_sub(bytes.len() as u64).ok_or_else(|| {
            refuse(format!("its files unfold to more than {} MB", UNPACKED_BYTES_MAX >> 20))
        })?;
        files.push(NamedFile { name, bytes });
    }
    Ok(files)
}

/// Files as an archive.
pub(crate) fn pack<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let write = || -> zip::result::ZipResult<Vec<u8>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(name, SimpleFileOptions::default())?;
            zip.write_all(bytes)?;
        }
        Ok(zip.finish()?.into_inner())
    };
    write().expect("writing into memory fails only without memory")
}
