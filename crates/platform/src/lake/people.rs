//! Whose charts are restricted: of them nothing is shown to who has no reason.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use store::StoreError;
use store::sandbox::View;

use crate::ehr::roles::is_restricted;

/// Images whose people are remembered.
const IMAGES_MAX: usize = 16;
/// What stands in every resource with a security label.
const LABELLED: &[u8] = b"\"security\"";

/// The people with restricted charts of each image, which never change.
#[derive(Clone, Default)]
pub(super) struct OfImages(Arc<Mutex<BTreeMap<String, Arc<BTreeSet<String>>>>>);

impl OfImages {
    /// The people with restricted charts in a hospital as it is now.
    pub(super) fn restricted(&self, hospital: View<'_>, image: &str) -> Result<BTreeSet<String>, StoreError> {
        let mut people = (*self.of_image(hospital, image)?).clone();
        hospital.each_changed::<StoreError>("Patient", &mut |id, body| {
            match body {
                Some(body) if restricts(body).is_some() => people.insert(id.to_owned()),
                // Who was deleted since stays as restricted as the image had them: older snapshots still know them.
                None => false,
                Some(_) => people.remove(id),
            };
            Ok(())
        })?;
        Ok(people)
    }

    fn of_image(&self, hospital: View<'_>, image: &str) -> Result<Arc<BTreeSet<String>>, StoreError> {
        let known = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(people) = known().get(image) {
            return Ok(Arc::clone(people));
        }
        let mut people = BTreeSet::new();
        hospital.each_of_image::<StoreError>("Patient", &mut |body| {
            people.extend(restricts(body));
            Ok(())
        })?;
        let people = Arc::new(people);
        let mut known = known();
        if known.len() >= IMAGES_MAX {
            known.clear();
        }
        known.insert(image.to_owned(), Arc::clone(&people));
        Ok(people)
    }
}

/// The id of a patient whose chart is restricted.
fn restricts(body: &[u8]) -> Option<String> {
    if !body.windows(LABELLED.len()).any(|window| window == LABELLED) {
        return None;
    }
    let patient: Value = serde_json::from_slice(body).ok()?;
    is_restricted(&patient).then(|| patient["id"].as_str().unwrap_or_default().to_owned())
}
