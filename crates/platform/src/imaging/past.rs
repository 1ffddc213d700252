//! Searches of the archive: as a device asks for them, and as they stand in the journal of who came before.

use std::collections::BTreeMap;

use hospital::ehr::mrn_of;
use imaging::dataset::{IMPLICIT_LE, of_texts, write};
use imaging::dimse::sop::MODALITY_WORKLIST;
use imaging::dimse::{Command, Field, Message, WITH_DATASET};
use imaging::query::{Model, Query};
use imaging::worklist::WorklistItem;
use imaging::{VR, dataset::Dataset, tags};
use store::StoreError;

use super::find::{Sought, seek, seek_worklist};
use super::note::event;
use crate::access::{Access, outcome};
use crate::ehr::lookup::get;

/// The search of studies (PS3.4, C.6.2, Study Root, FIND).
const STUDY_ROOT_FIND: &str = "1.2.840.10008.5.1.4.1.2.2.1";

/// The search for all studies of a patient, or for everything on the worklist, as a message in the context 1. Nothing, where
/// there is no such patient.
///
/// # Errors
/// When the store fails.
pub(crate) fn search_for(access: &Access, patient: Option<&str>) -> Result<Option<Message>, StoreError> {
    let class = if patient.is_some() { STUDY_ROOT_FIND } else { MODALITY_WORKLIST };
    let Some(keys) = keys(access, patient)? else { return Ok(None) };
    let unwritten = |error: imaging::dataset::DatasetError| StoreError::Damaged {
        what: format!("the number of the patient {patient:?}: {error}"),
    };
    Ok(Some(Message {
        context: 1,
        abstract_syntax: class.to_owned(),
        syntax: IMPLICIT_LE.to_owned(),
        command: Command::new(Field::Find)
            .with_uid(Command::SOP_CLASS, class)
            .with_number(Command::MESSAGE, 1)
            .with_number(Command::PRIORITY, 0)
            .with_number(Command::DATASET_TYPE, WITH_DATASET),
        dataset: write(&keys, IMPLICIT_LE).map_err(unwritten)?,
    }))
}

fn keys(access: &Access, patient: Option<&str>) -> Result<Option<Dataset>, StoreError> {
    let Some(patient) = patient else { return Ok(Some(WorklistItem::default().dataset())) };
    let found = access.sandbox().view(|view| get(view, "Patient", patient))?;
    let number = found.as_ref().and_then(mrn_of);
    Ok(number.map(|number| {
        of_texts(&[
            (tags::QUERY_RETRIEVE_LEVEL, VR::CS, "STUDY"),
            (tags::PATIENT_ID, VR::LO, number),
            (tags::STUDY_INSTANCE_UID, VR::UI, ""),
            (tags::STUDY_DESCRIPTION, VR::LO, ""),
        ])
    }))
}

/// Searches that were made before anybody came. The archive was the same all the time, so each is made once, and told as often
/// as somebody made it.
#[derive(Default)]
pub(crate) struct PastSearches(BTreeMap<Option<String>, Sought>);

impl PastSearches {
    /// Journals a search for a patient's studies, or of the worklist, in the name and at the time of `access`.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) fn happen(&mut self, access: &Access, patient: Option<&str>) -> Result<(), StoreError> {
        let key = patient.map(str::to_owned);
        if !self.0.contains_key(&key) {
            let Some(keys) = keys(access, patient)? else { return Ok(()) };
            let sought = match patient {
                None => Some(seek_worklist(access, &keys)?),
                Some(_) => match Query::read(Model::StudyRoot, keys) {
                    Ok(query) => Some(seek(access, &query)?),
                    Err(_) => None,
                },
            };
            let Some(sought) = sought else { return Ok(()) };
            self.0.insert(key.clone(), sought);
        }
        let Some(Sought { subject, detail, .. }) = self.0.get(&key) else { return Ok(()) };
        access.note(event(access, "dicom.find", subject.clone(), outcome::OK, detail.clone()))
    }
}
