//! From a recipe to resources.

use std::sync::Arc;

use super::{Chart, Person, Recipe, Resource, World, registration};
use crate::pathways::Library;
use crate::play::{Past, history};
use crate::writer::Json;

/// Hands every resource of a population to the sink: the shared world, then each patient.
pub fn generate(recipe: &Recipe, library: &Arc<Library>, sink: &mut dyn FnMut(Resource<'_>)) {
    let world = World::new(recipe, library);
    world.shared(sink);
    for index in 0..recipe.patients {
        world.patient(index, sink);
    }
}

/// Makes one patient alone, byte for byte as [`generate`] makes them.
///
/// Indexes from `recipe.patients` on give nothing.
pub fn generate_patient(
    recipe: &Recipe,
    library: &Arc<Library>,
    index: u32,
    sink: &mut dyn FnMut(Resource<'_>),
) {
    World::new(recipe, library).patient(index, sink);
}

impl World {
    /// Hands one patient, with all of their record, to the sink; nothing for an index outside the recipe.
    pub fn patient(&self, index: u32, sink: &mut dyn FnMut(Resource<'_>)) {
        if index >= self.recipe.patients {
            return;
        }
        let mut person = Person::draw(&self.recipe, index);
        let past = self.past(&person);
        person.deceased_us = past.died_us.or(person.deceased_us);
        let mut json = Json::default();
        registration::write(self, &person, &mut json);
        sink(Resource { kind: "Patient", id: person.id.as_str(), body: json.close() });
        let mut chart = Chart::new(self, &person, &past.happenings, &mut json, sink);
        past.happenings.iter().for_each(|happening| chart.write(happening));
    }

    /// What has happened to a person of this population.
    pub(crate) fn past(&self, person: &Person) -> Past {
        history(&self.library, person, self.present(person.index), self.recipe.as_of_us)
    }
}
