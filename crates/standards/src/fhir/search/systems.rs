//! The code systems that elements of the type `code` leave unsaid.

use super::expression::{Expression, Step};
use crate::fhir::definitions::{Definitions, Element, Primitive, Property, TypeDefinition, TypeRef};

/// The systems that a query may name although the values carry none: `gender` is just `female` in a
/// resource, yet `gender=http://hl7.org/fhir/administrative-gender|female` is right, too (FHIR R4,
/// 3.1.1.4.10). Empty unless every value of the parameter is a code from a required value set.
pub(super) fn implied(resource_type: &str, values: &Expression) -> Vec<String> {
    let Expression::Values(paths) = values else {
        return Vec::new();
    };
    let codes: Option<Vec<&Element>> = paths.iter().map(|path| code(resource_type, path)).collect();
    let definitions = Definitions::r4();
    let sets = codes.into_iter().flatten().filter_map(|element| definitions.codes(element));
    let mut systems: Vec<String> =
        sets.flat_map(|set| set.codings().map(|(system, _)| system.to_owned())).collect();
    systems.sort();
    systems.dedup();
    systems
}

/// The element at the end of a path, if its type is `code`.
fn code(resource_type: &str, path: &[Step]) -> Option<&'static Element> {
    let definitions = Definitions::r4();
    let mut holder: Option<&TypeDefinition> = definitions.find(resource_type);
    let mut last: Option<Property<'static>> = None;
    for step in path {
        if let Step::Field(name) = step {
            let property = holder?.property(name)?;
            holder = definitions.follow(property.kind.reference);
            last = Some(property);
        } else if matches!(step, Step::Choice(_)) {
            return None;
        }
    }
    let last = last?;
    (last.kind.reference == TypeRef::Primitive(Primitive::Code)).then_some(last.element)
}
