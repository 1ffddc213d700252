//! The shared world of a population.

use super::beds::{self, Bedded, Beds};
use super::building::Building;
use super::staff::Staff;
use crate::build;
use crate::calendar::DAY_US;
use crate::population::{Recipe, Resource};
use crate::staff;

/// The house, its staff and its census: everything patients share.
///
/// Making one costs about a millisecond. It is immutable, so threads may share it and make
/// patients side by side.
pub struct World {
    pub(crate) recipe: Recipe,
    pub(crate) building: Building,
    pub(crate) staff: Staff,
    beds: Beds,
}

impl World {
    /// The world of a recipe.
    pub fn new(recipe: &Recipe) -> Self {
        let building = Building::new(recipe.key());
        Self {
            recipe: *recipe,
            staff: Staff::new(recipe.key()),
            beds: beds::fill(recipe, &building),
            building,
        }
    }

    /// The recipe this world was made from.
    pub fn recipe(&self) -> &Recipe {
        &self.recipe
    }

    /// Hands the organisations, locations, clinicians, the role matrix, and what can be ordered
    /// to the sink.
    pub fn shared(&self, sink: &mut dyn FnMut(Resource<'_>)) {
        let updated_us = self.recipe.as_of_us - 365 * DAY_US;
        let mut emit = |kind, id: crate::id::Id, json: &mut crate::writer::Json| {
            sink(Resource { kind, id: id.as_str(), body: json.close() });
        };
        self.building.organizations(updated_us, &mut |id, json| emit("Organization", id, json));
        self.building.locations(updated_us, &mut |id, json| emit("Location", id, json));
        self.staff.write(&self.building, updated_us, &mut emit);
        let roles = staff::write_shipped(updated_us);
        sink(Resource { kind: "CodeSystem", id: staff::MATRIX_ID, body: &roles });
        build::write(updated_us, sink);
    }

    /// Where a patient lies now, if in the house.
    pub(crate) fn bedded(&self, index: u32) -> Option<&Bedded> {
        self.beds.get(&index)
    }

    /// How many patients are in the house.
    #[cfg(test)]
    pub(crate) fn beds(&self) -> &Beds {
        &self.beds
    }
}
