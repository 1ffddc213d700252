//! Keeping an object that was sent, byte for byte (C-STORE, STOW-RS).

use data_encoding::HEXLOWER;
use imaging::dataset::{DatasetError, Meta, split, wrap};
use imaging::index::{Indexed, index};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::StoreError;
use store::instances::NewInstance;

use super::matched::order_of;
use super::note::event;
use super::people::with_number;
use crate::access::{Access, outcome};

/// Bytes of objects that one sandbox keeps.
pub const OBJECTS_BYTES_MAX: u64 = 512 * 1024 * 1024;

/// An object as it came.
#[derive(Debug, Clone, Copy)]
pub enum Incoming<'a> {
    /// A data set over DIMSE, with what the command said about it.
    Dataset {
        /// The class the command names.
        sop_class: &'a str,
        /// The UID the command names.
        sop_instance: &'a str,
        /// The transfer syntax of its context.
        syntax: &'a str,
        /// The bytes.
        dataset: &'a [u8],
    },
    /// A file over HTTP.
    File(&'a [u8]),
}

/// What became of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// What it is found by.
    pub indexed: Indexed,
    /// Whether the very same bytes were there before.
    pub was_there: bool,
}

/// Why an object is not kept.
#[derive(Debug, thiserror::Error)]
pub enum KeepError {
    /// It cannot be read as far as is needed to find it again.
    #[error(transparent)]
    Unreadable(#[from] DatasetError),
    /// The command says another thing than the object.
    #[error("the object is {found}, but it was announced as {announced}")]
    Mismatch {
        /// What the object says.
        found: String,
        /// What the command says.
        announced: String,
    },
    /// There is another object of this UID.
    #[error("object {0} is there already with other content; what is changed needs a new UID")]
    Other(String),
    /// The sandbox has no more room.
    #[error("this hospital keeps at most {} MB of pictures; undo or reset to make room", OBJECTS_BYTES_MAX / 1_048_576)]
    Full,
    /// The store failed or refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl KeepError {
    /// One word for the journal.
    fn word(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable",
            Self::Mismatch { .. } => "mismatch",
            Self::Other(_) => "conflict",
            Self::Full => "full",
            Self::Store(_) => "failed",
        }
    }
}

/// Keeps a file that must belong to `study`, as the address it was sent to says.
///
/// # Errors
/// As [`keep`].
pub fn keep_in_study(access: &Access, file: &[u8], study: &str) -> Result<Kept, KeepError> {
    let parts = split(file)?;
    let found = index(&file[parts.dataset], &parts.meta.syntax)?.study;
    if found != study {
        let error = KeepError::Mismatch {
            found: format!("of study {found}"),
            announced: format!("of study {study}"),
        };
        let detail = json!({"study": study, "what": error.to_string()});
        access.note(event(access, "dicom.store", None, error.word(), detail))?;
        return Err(error);
    }
    keep(access, Incoming::File(file))
}

/// Keeps an object. Kept or not, the journal says so.
///
/// # Errors
/// [`KeepError`]; then nothing but the journal has changed.
pub fn keep(access: &Access, incoming: Incoming<'_>) -> Result<Kept, KeepError> {
    let kept = try_to_keep(access, incoming);
    if let Err(error) = &kept {
        let announced = match incoming {
            Incoming::Dataset { sop_instance, .. } => sop_instance,
            Incoming::File(_) => "",
        };
        let detail = json!({"sop_instance": announced, "what": error.to_string()});
        access.note(event(access, "dicom.store", None, error.word(), detail))?;
    }
    kept
}

fn try_to_keep(access: &Access, incoming: Incoming<'_>) -> Result<Kept, KeepError> {
    let wrapped;
    let (file, syntax, dataset) = match incoming {
        Incoming::Dataset { sop_class, sop_instance, syntax, dataset } => {
            let [sop_class, sop_instance, syntax] = [sop_class, sop_instance, syntax].map(str::to_owned);
            wrapped = wrap(&Meta { sop_class, sop_instance, syntax: syntax.clone() }, dataset);
            (wrapped.as_slice(), syntax, dataset)
        }
        Incoming::File(file) => {
            let parts = split(file)?;
            (file, parts.meta.syntax, &file[parts.dataset])
        }
    };
    let indexed = index(dataset, &syntax)?;
    check_announced(incoming, &indexed)?;
    let size = file.len() as u64;
    let mut said = detail(&indexed, &syntax, file);
    match order_of(access, &indexed)? {
        Ok(order) => said["order"] = order.into(),
        Err(differs) => said["unmatched"] = differs.into(),
    }
    let there = access.sandbox().view(|view| view.instance_bytes(&indexed.sop_instance))?;
    if let Some(there) = there {
        let same = split(&there).is_ok_and(|parts| there[parts.dataset] == *dataset);
        if !same {
            return Err(KeepError::Other(indexed.sop_instance));
        }
        access.note(event(access, "dicom.store", None, "duplicate", said))?;
        return Ok(Kept { indexed, was_there: true });
    }
    if access.sandbox().view(|view| view.instances_size())?.1 + size > OBJECTS_BYTES_MAX {
        return Err(KeepError::Full);
    }
    let event = event(access, "dicom.store", subject(access, &indexed)?, outcome::OK, said);
    let tags = indexed.tags.to_string();
    let new = NewInstance {
        sop_instance: &indexed.sop_instance,
        sop_class: &indexed.sop_class,
        series: &indexed.series,
        study: &indexed.study,
        patient_id: &indexed.patient_id,
        accession: &indexed.accession,
        syntax: &syntax,
        received_us: access.virtual_us(),
        tags: &tags,
        bytes: file,
    };
    access.change("dicom.store", |change| change.put_instance(&new, &event))?;
    Ok(Kept { indexed, was_there: false })
}

fn check_announced(incoming: Incoming<'_>, indexed: &Indexed) -> Result<(), KeepError> {
    let Incoming::Dataset { sop_class, sop_instance, .. } = incoming else { return Ok(()) };
    for (announced, found) in [(sop_class, &indexed.sop_class), (sop_instance, &indexed.sop_instance)] {
        if announced != found {
            return Err(KeepError::Mismatch { found: found.clone(), announced: announced.to_owned() });
        }
    }
    Ok(())
}

/// The patient of the hospital that the object names, if there is exactly one.
fn subject(access: &Access, indexed: &Indexed) -> Result<Option<String>, StoreError> {
    if indexed.patient_id.is_empty() {
        return Ok(None);
    }
    let now_us = access.virtual_us();
    let found = access.sandbox().view(|view| with_number(view, now_us, &indexed.patient_id))?;
    Ok(match &found[..] {
        [only] => only["id"].as_str().map(|id| format!("Patient/{id}")),
        _ => None,
    })
}

fn detail(indexed: &Indexed, syntax: &str, file: &[u8]) -> Value {
    let modality = indexed.tags["00080060"]["Value"][0].as_str().unwrap_or_default();
    json!({
        "sop_instance": indexed.sop_instance,
        "sop_class": indexed.sop_class,
        "series": indexed.series,
        "study": indexed.study,
        "patient_id": indexed.patient_id,
        "accession": indexed.accession,
        "modality": modality,
        "syntax": syntax,
        "size_bytes": file.len(),
        "sha256": HEXLOWER.encode(&Sha256::digest(file)),
    })
}
