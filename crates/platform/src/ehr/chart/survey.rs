//! Who is where in the house now.

use std::collections::BTreeMap;

use hospital::ehr::{active_place, is_bed, is_in_house};
use serde_json::Value;
use store::StoreError;

use super::element::{has_code, id, items, text};
use crate::access::Access;
use crate::ehr::lookup::{find_stored, value_of};

/// How far a place may lie inside others. Learners can draw circles.
const DEPTH_MAX: usize = 8;

/// Every place and every encounter in progress, as they are now.
pub(super) struct Survey {
    /// Places by id.
    places: BTreeMap<String, Value>,
    /// Encounters that keep someone in the house.
    pub(super) stays: Vec<Value>,
}

impl Survey {
    pub(super) fn take(access: &Access) -> Result<Self, StoreError> {
        let now_us = access.virtual_us();
        let open = [("status", "arrived,triaged,in-progress,onleave")];
        let (places, stays) = access.sandbox().view(|view| {
            let places = find_stored(view, now_us, "Location", &[])?;
            Ok::<_, StoreError>((places, find_stored(view, now_us, "Encounter", &open)?))
        })?;
        let places = places.iter().filter_map(value_of).map(|place| (id(&place), place)).collect();
        let stays = stays.iter().filter_map(value_of).filter(is_in_house).collect();
        Ok(Self { places, stays })
    }

    pub(super) fn place(&self, id: &str) -> Option<&Value> {
        self.places.get(id)
    }

    /// The ward a place belongs to: the nearest place around it, or itself, that is neither bed nor room.
    pub(super) fn ward_of(&self, place: &str) -> Option<&Value> {
        let mut here = self.place(place)?;
        for _ in 0..DEPTH_MAX {
            if !is_bed(here) && !is_room(here) {
                return Some(here);
            }
            let around =
                here.get("partOf").and_then(|around| hospital::ehr::reference_id(around, "Location"));
            match around.and_then(|around| self.place(around)) {
                Some(around) => here = around,
                // A room that is part of nothing stands for itself.
                None => return (!is_bed(here)).then_some(here),
            }
        }
        None
    }

    /// The ward an encounter's patient is on.
    pub(super) fn ward_of_stay(&self, stay: &Value) -> Option<&Value> {
        active_place(stay).and_then(|place| self.ward_of(place))
    }

    /// Wards with their beds, both by label. A ward is what has beds, or is called one.
    pub(super) fn wards(&self) -> Vec<(&Value, Vec<&Value>)> {
        let mut beds: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for (id, bed) in self.places.iter().filter(|(_, place)| is_bed(place)) {
            if let Some(ward) = self.ward_of(id) {
                beds.entry(text(ward, "id").unwrap_or_default()).or_default().push(bed);
            }
        }
        let is_ward =
            |id: &str, place: &Value| beds.contains_key(id) || has_code(place.get("physicalType"), "wa");
        let mut wards: Vec<(&Value, Vec<&Value>)> = self
            .places
            .iter()
            .filter(|(id, place)| is_ward(id, place))
            .map(|(id, place)| (place, beds.get(id.as_str()).cloned().unwrap_or_default()))
            .collect();
        wards.sort_by_key(|(ward, _)| label(ward));
        wards.iter_mut().for_each(|(_, beds)| beds.sort_by_key(|bed| label(bed)));
        wards
    }

    /// The stays whose patient is at this very place.
    pub(super) fn stays_at<'a>(&'a self, place: &'a str) -> impl Iterator<Item = &'a Value> {
        self.stays.iter().filter(move |stay| active_place(stay) == Some(place))
    }
}

fn is_room(place: &Value) -> bool {
    has_code(place.get("physicalType"), "ro")
}

/// The short name on a place's door, otherwise its name.
pub(super) fn label(place: &Value) -> String {
    let label = items(place, "identifier").iter().find_map(|identifier| text(identifier, "value"));
    label.map_or_else(|| name(place), str::to_owned)
}

/// The name of a place, otherwise its id.
pub(super) fn name(place: &Value) -> String {
    text(place, "name").map_or_else(|| id(place), str::to_owned)
}

/// Whether a place is in use; places that say nothing are.
pub(super) fn is_in_use(place: &Value) -> bool {
    text(place, "status").is_none_or(|status| status == "active")
}
