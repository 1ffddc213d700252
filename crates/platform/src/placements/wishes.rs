use std::collections::BTreeSet;

use store::records::{Person, Role};

use super::PlacementError;
use crate::platform::Platform;

/// So many places can be wished for.
const WISHES_MAX: usize = 20;

impl Platform {
    /// The places that somebody wishes for, the best first.
    ///
    /// # Errors
    /// From the store.
    pub fn wishes_of(&self, person: &Person) -> Result<Vec<String>, PlacementError> {
        let wishes = self.records.wish_list()?.into_iter().filter(|wish| wish.person == person.id);
        Ok(wishes.map(|wish| wish.place).collect())
    }

    /// Replaces the places that somebody wishes for. Who is not eligible yet may wish all the same: it is asked again when a match is frozen. Hosts see
    /// who wishes for them and never at which rank.
    ///
    /// # Errors
    /// [`PlacementError::Invalid`] for a place that stands twice, is not open, or is one too many; learners only.
    pub fn wish(&self, person: &Person, places: &[String]) -> Result<(), PlacementError> {
        if person.role != Role::Learner {
            return Err(PlacementError::invalid("places", "learners wish for places"));
        }
        if places.len() > WISHES_MAX {
            return Err(PlacementError::invalid("places", format!("wish for up to {WISHES_MAX} places")));
        }
        let open: BTreeSet<String> =
            self.records.place_list()?.into_iter().filter(|place| place.open).map(|place| place.id).collect();
        let mut seen = BTreeSet::new();
        for place in places {
            if !open.contains(place) {
                return Err(PlacementError::invalid(
                    "places",
                    "one of these places is no longer open; take it off your list",
                ));
            }
            if !seen.insert(place) {
                return Err(PlacementError::invalid("places", "a place stands on your list twice; keep one"));
            }
        }
        Ok(self.records.wish_set(&person.id, places)?)
    }
}
