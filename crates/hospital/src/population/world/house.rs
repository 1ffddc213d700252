//! The shared world of a population.

use std::sync::{Arc, OnceLock};

use super::beds::{self, Bedded, Beds};
use super::building::Building;
use super::staff::Staff;
use crate::build;
use crate::calendar::DAY_US;
use crate::pathways::Library;
use crate::play::{Present, Walk};
use crate::population::{Person, Recipe, Resource};
use crate::staff;

/// The house, its staff and its census: everything patients share.
///
/// Making one costs about a millisecond. It is immutable, so threads may share it and make
/// patients side by side, and houses of the same recipe share what their people have lived through.
pub struct World {
    pub(crate) recipe: Recipe,
    pub(crate) library: Arc<Library>,
    pub(crate) building: Building,
    pub(crate) staff: Staff,
    beds: Beds,
    /// The walks of those who are in the house, played when first asked for.
    staying: OnceLock<Vec<Walk>>,
    /// Whether each patient has died in hospital, by index, found out when first asked for.
    died: Box<[OnceLock<bool>]>,
}

impl World {
    /// The world of a recipe, whose patients move on the pathways of a library.
    pub fn new(recipe: &Recipe, library: &Arc<Library>) -> Self {
        Self {
            recipe: *recipe,
            library: Arc::clone(library),
            building: Building::new(recipe.key()),
            staff: Staff::new(recipe.key()),
            beds: beds::fill(recipe),
            staying: OnceLock::new(),
            died: (0..recipe.patients).map(|_| OnceLock::new()).collect(),
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

    /// The same, as a walk wants it.
    pub(crate) fn present(&self, index: u32) -> Option<Present> {
        self.bedded(index).map(|bedded| Present { bed: bedded.bed, since_us: bedded.since_us })
    }

    /// Everybody who is in the house.
    pub(crate) fn beds(&self) -> &Beds {
        &self.beds
    }

    /// The walks of everybody who is in the house, as far as they have come.
    pub(crate) fn staying(&self) -> &[Walk] {
        let walk = |index: &u32| self.past(&Person::draw(&self.recipe, *index)).present;
        self.staying.get_or_init(|| self.beds().keys().filter_map(walk).collect())
    }

    /// Whether somebody of the population has died in hospital.
    pub(crate) fn has_died(&self, person: &Person) -> bool {
        let died = || self.past(person).died_us.is_some();
        self.died.get(person.index as usize).is_some_and(|known| *known.get_or_init(died))
    }
}
