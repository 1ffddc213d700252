//! Keeping count of the elements met in one object.

use serde_json::{Map, Value};

use crate::fhir::definitions::TypeDefinition;

/// Which elements of a type have been met, by position. No type of R4 has more than 128.
#[derive(Default)]
pub(super) struct Seen(u128);

impl Seen {
    pub(super) fn has(&self, position: usize) -> bool {
        self.0 & (1 << position) != 0
    }

    /// Marks an element; true if `name` gives a choice another type than an earlier member did.
    pub(super) fn is_second_choice(
        &mut self,
        kind: &TypeDefinition,
        position: usize,
        name: &str,
        members: &Map<String, Value>,
    ) -> bool {
        let was_met = self.has(position);
        self.0 |= 1 << position;
        let plain_names = || members.keys().map(|member| member.trim_start_matches('_'));
        let is_same = |other: &&str| kind.property(other).is_some_and(|found| found.position == position);
        was_met && plain_names().find(is_same) != Some(name)
    }
}

#[cfg(test)]
mod tests {
    use crate::fhir::definitions::Definitions;

    #[test]
    fn every_type_fits_into_the_bits() {
        let definitions = Definitions::r4();
        let types = ["ElementDefinition", "Extension"].into_iter();
        for name in types.chain(definitions.resource_types().iter().map(String::as_str)) {
            assert!(definitions.find(name).is_some_and(|kind| kind.elements.len() <= 128), "{name}");
        }
    }
}
