//! Answering queries (C-FIND).

use imaging::dataset::{Dataset, read, write};
use imaging::query::{Level, Model, Query, answer, matches, project};
use imaging::{VR, tags};
use serde_json::{Value, json};
use store::StoreError;

use super::archive::{Archive, Scope};
use super::door::Admitted;
use super::note::event;
use super::people::with_number;
use super::worklist::worklist;
use crate::access::{Access, outcome};

/// Matches that one query returns at most.
const MATCHES_MAX: usize = 2_000;

/// What a query gave: encoded identifiers, and whether there were more than are returned.
pub(super) struct Found {
    pub(super) identifiers: Vec<Vec<u8>>,
    pub(super) is_cut: bool,
}

/// Why a query is not answered: a status of C-FIND, and why.
pub(super) enum NotFound {
    Unreadable(String),
    Unfit(String),
    Store(StoreError),
}

impl From<StoreError> for NotFound {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Answers a query for patients, studies, series or objects.
pub(super) fn find(
    admitted: &Admitted,
    access: &Access,
    model: Model,
    identifier: &[u8],
    syntax: &str,
) -> Result<Found, NotFound> {
    let (keys, _) = read(identifier, syntax).map_err(|error| NotFound::Unreadable(error.to_string()))?;
    let query = Query::read(model, keys).map_err(|error| NotFound::Unfit(error.to_string()))?;
    let Sought { found, subject, detail } = seek(access, &query)?;
    let identifiers = found.iter().take(MATCHES_MAX).map(|found| {
        let more = [
            (tags::QUERY_RETRIEVE_LEVEL, VR::CS, query.level.word()),
            (tags::RETRIEVE_AE_TITLE, VR::AE, admitted.called.as_str()),
        ];
        encoded(&answer(&query.keys, found, more), syntax)
    });
    let made =
        Found { identifiers: identifiers.collect::<Result<_, _>>()?, is_cut: found.len() > MATCHES_MAX };
    access.note(event(access, "dicom.find", subject, outcome::OK, detail))?;
    Ok(made)
}

/// What a search gives, whom it is about, and what the journal says of it.
pub(super) struct Sought {
    pub(super) found: Vec<Dataset>,
    pub(super) subject: Option<String>,
    pub(super) detail: Value,
}

/// Searches for patients, studies, series or objects.
pub(super) fn seek(access: &Access, query: &Query) -> Result<Sought, StoreError> {
    let found = matching(access, query)?;
    let number = query.only(tags::PATIENT_ID);
    let about = access.sandbox().view(|view| {
        number.map_or(Ok(Vec::new()), |number| with_number(view, access.virtual_us(), &number))
    })?;
    let subject = match about.as_slice() {
        [patient] => patient["id"].as_str().and_then(crate::ehr::lookup::subject),
        _ => None,
    };
    let keys = imaging::dataset::to_json(&query.keys);
    let detail = json!({"level": query.level.word(), "keys": keys, "matches": found.len()});
    Ok(Sought { found, subject, detail })
}

/// Searches the modality worklist.
pub(super) fn seek_worklist(access: &Access, keys: &Dataset) -> Result<Sought, StoreError> {
    let items = worklist(access)?.into_iter().map(|item| item.dataset());
    let found: Vec<Dataset> = items.filter(|item| matches(keys, item)).collect();
    let told = imaging::dataset::to_json(keys);
    let detail = json!({"level": "WORKLIST", "keys": told, "matches": found.len()});
    Ok(Sought { found, subject: None, detail })
}

/// Answers a query of the modality worklist.
pub(super) fn find_worklist(access: &Access, identifier: &[u8], syntax: &str) -> Result<Found, NotFound> {
    let (keys, _) = read(identifier, syntax).map_err(|error| NotFound::Unreadable(error.to_string()))?;
    let Sought { found, subject, detail } = seek_worklist(access, &keys)?;
    let identifiers = found.iter().take(MATCHES_MAX).map(|item| encoded(&answer(&keys, item, []), syntax));
    let made =
        Found { identifiers: identifiers.collect::<Result<_, _>>()?, is_cut: found.len() > MATCHES_MAX };
    access.note(event(access, "dicom.find", subject, outcome::OK, detail))?;
    Ok(made)
}

/// What of the archive a query matches.
pub(super) fn matching(access: &Access, query: &Query) -> Result<Vec<Dataset>, StoreError> {
    let below = |level: Level, tag| if query.level >= level { query.only(tag) } else { None };
    let scope = Scope {
        patient_id: query.only(tags::PATIENT_ID),
        study: below(Level::Study, tags::STUDY_INSTANCE_UID),
        series: below(Level::Series, tags::SERIES_INSTANCE_UID),
        sop_instance: below(Level::Image, tags::SOP_INSTANCE_UID),
    };
    // Counts of a study are of all its objects, so what stands below the level must not narrow them.
    let objects = Archive::of(access).headers(&scope)?;
    let mut found = project(&objects, query.level);
    found.retain(|one| matches(&query.keys, one));
    Ok(found)
}

fn encoded(identifier: &Dataset, syntax: &str) -> Result<Vec<u8>, NotFound> {
    write(identifier, syntax).map_err(|error| NotFound::Unreadable(error.to_string()))
}
