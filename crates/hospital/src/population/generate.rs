//! From a recipe to resources.

use super::{Chart, Person, Recipe, Resource, World, registration};
use crate::pathways::{self, Pathway};
use crate::writer::Json;

/// Hands every resource of a population to the sink: the shared world, then each patient.
pub fn generate(recipe: &Recipe, sink: &mut dyn FnMut(Resource<'_>)) {
    let world = World::new(recipe);
    world.shared(sink);
    for index in 0..recipe.patients {
        world.patient(index, sink);
    }
}

/// Makes one patient alone, byte for byte as [`generate`] makes them.
///
/// Indexes from `recipe.patients` on give nothing.
pub fn generate_patient(recipe: &Recipe, index: u32, sink: &mut dyn FnMut(Resource<'_>)) {
    World::new(recipe).patient(index, sink);
}

impl World {
    /// Hands one patient, with all of their record, to the sink; nothing for an index outside the recipe.
    pub fn patient(&self, index: u32, sink: &mut dyn FnMut(Resource<'_>)) {
        self.patient_on(pathways::ALL, index, sink);
    }

    /// The same, over a choice of pathways.
    pub(crate) fn patient_on(&self, pathways: &[Pathway], index: u32, sink: &mut dyn FnMut(Resource<'_>)) {
        if index >= self.recipe.patients {
            return;
        }
        let person = Person::draw(&self.recipe, index);
        let mut json = Json::default();
        registration::write(self, &person, &mut json);
        sink(Resource { kind: "Patient", id: person.id.as_str(), body: json.close() });
        for pathway in pathways {
            let mut chart = Chart::new(self, &person, pathway.name, &mut json, sink);
            pathway.run(&mut chart);
        }
    }
}
