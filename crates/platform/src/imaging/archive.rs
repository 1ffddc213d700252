//! All objects of a hospital, sent or drawn, as one archive.

use std::collections::BTreeMap;

use dicom::first;
use imaging::dataset::{Dataset, File, Meta, from_json, split, wrap};
use imaging::synthesis::{StudyRequest, file, headers};
use imaging::{dataset as dicom, tags};
use store::StoreError;
use store::instances::{InstanceFilter, InstanceRow};

use super::drawn::studies;
use crate::access::Access;

/// Which objects to look at. Everything left out means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// The patient's number.
    pub patient_id: Option<String>,
    /// The study.
    pub study: Option<String>,
    /// The series.
    pub series: Option<String>,
    /// The object itself.
    pub sop_instance: Option<String>,
}

/// An object as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its parts.
    pub file: File,
}

impl Object {
    /// Takes a file apart.
    fn of(bytes: Vec<u8>) -> Result<Self, StoreError> {
        let file = split(&bytes).map_err(|error| damaged(&error))?;
        Ok(Self { bytes, file })
    }

    /// The data set, as it was received or drawn.
    pub fn dataset(&self) -> &[u8] {
        &self.bytes[self.file.dataset.clone()]
    }

    /// What the meta information says.
    pub fn meta(&self) -> &Meta {
        &self.file.meta
    }

    /// The file without anything beside what its meta information needs: what a retrieval over HTTP sends.
    pub fn plain_file(&self) -> Vec<u8> {
        wrap(&self.file.meta, self.dataset())
    }
}

/// One hospital's archive.
#[derive(Clone, Copy)]
pub struct Archive<'a> {
    access: &'a Access,
}

impl<'a> Archive<'a> {
    /// The archive of the hospital that `access` leads into.
    pub fn of(access: &'a Access) -> Self {
        Self { access }
    }

    /// The attributes of every object in `scope`, without pixels.
    ///
    /// # Errors
    /// When the store fails.
    pub fn headers(&self, scope: &Scope) -> Result<Vec<Dataset>, StoreError> {
        let mut found = Vec::new();
        for row in self.sent(scope)? {
            let json = serde_json::from_str(&row.tags).map_err(|error| damaged(&error))?;
            found.push(from_json(&json).map_err(|error| damaged(&error))?);
        }
        for request in self.drawn(scope)? {
            found.extend(headers(&request).into_iter().filter(|header| scope.has(header)));
        }
        Ok(found)
    }

    /// An object by its UID; `scope` may say where it can be, so that less is looked at.
    ///
    /// # Errors
    /// When the store fails.
    pub fn object(&self, scope: &Scope, sop_instance: &str) -> Result<Option<Object>, StoreError> {
        if let Some(bytes) = self.access.sandbox().view(|view| view.instance_bytes(sop_instance))? {
            return Object::of(bytes).map(Some);
        }
        for request in self.drawn(scope)? {
            let of = headers(&request);
            let number = of.iter().position(|header| first(header, tags::SOP_INSTANCE_UID) == sop_instance);
            let Some(number) = number else { continue };
            let drawn = file(&request, number as u32 + 1).map_err(|error| damaged(&error))?;
            return drawn.map(Object::of).transpose();
        }
        Ok(None)
    }

    /// How each object that was sent is encoded. Those that are drawn are in Explicit VR Little Endian.
    pub(super) fn syntaxes(&self) -> Result<BTreeMap<String, String>, StoreError> {
        let sent = self.sent(&Scope::default())?;
        Ok(sent.into_iter().map(|row| (row.sop_instance, row.syntax)).collect())
    }

    fn sent(&self, scope: &Scope) -> Result<Vec<InstanceRow>, StoreError> {
        let filter = InstanceFilter {
            patient_id: scope.patient_id.as_deref(),
            study: scope.study.as_deref(),
            series: scope.series.as_deref(),
            sop_instance: scope.sop_instance.as_deref(),
        };
        self.access.sandbox().view(|view| view.instances(filter))
    }

    /// The studies to draw: those of which nothing was sent.
    fn drawn(&self, scope: &Scope) -> Result<Vec<StudyRequest>, StoreError> {
        let mut drawn = studies(self.access, scope)?;
        let sent = self.access.sandbox().view(|view| view.instance_studies())?;
        drawn.retain(|request| !sent.contains(&request.study));
        Ok(drawn)
    }
}

impl Scope {
    fn has(&self, header: &Dataset) -> bool {
        let is =
            |wanted: &Option<String>, tag| wanted.as_ref().is_none_or(|wanted| first(header, tag) == *wanted);
        is(&self.patient_id, tags::PATIENT_ID)
            && is(&self.study, tags::STUDY_INSTANCE_UID)
            && is(&self.series, tags::SERIES_INSTANCE_UID)
            && is(&self.sop_instance, tags::SOP_INSTANCE_UID)
    }
}

/// What is kept here was read once before; if it cannot be read now, the file was harmed.
fn damaged(error: &dyn std::fmt::Display) -> StoreError {
    StoreError::Damaged { what: format!("an imaging object ({error})") }
}
