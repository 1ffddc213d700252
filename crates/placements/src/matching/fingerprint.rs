//! What a match was decided from, as numbers that change with every byte.

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Files, Source};

/// The SHA-256 of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fingerprint {
    /// The file, as its reader calls it.
    pub file: String,
    /// SHA-256 of its text, in hexadecimal.
    pub sha256: String,
}

/// The fingerprints of the files of a match, to be published before it is run.
#[must_use]
pub fn fingerprint(files: &Files<'_>) -> Vec<Fingerprint> {
    let given = [Some(files.programs), Some(files.applicant_ranks), Some(files.program_ranks), files.couples];
    given.into_iter().flatten().map(of).collect()
}

fn of(source: Source<'_>) -> Fingerprint {
    let digest = Sha256::digest(source.text.as_bytes());
    let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    Fingerprint { file: source.name.to_owned(), sha256 }
}
