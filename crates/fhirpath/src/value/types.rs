use standards::fhir::definitions::{Definitions, Primitive};

use crate::syntax::TypeName;

/// Whether a type includes those derived from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exactness {
    /// `is`: a code is a string.
    Derived,
    /// `as` and `ofType`: a code is not a string; a Patient still is a Resource.
    Declared,
}

const SYSTEM: [&str; 9] =
    ["Boolean", "Integer", "Long", "Decimal", "String", "Date", "DateTime", "Time", "Quantity"];

/// Whether there is a type of this name.
pub(crate) fn exists(wanted: &TypeName) -> bool {
    let system = SYSTEM.contains(&wanted.name.as_str());
    let fhir = || {
        let name = wanted.name.as_str();
        name == "Element" || Primitive::from_name(name).is_some() || Definitions::r4().find(name).is_some()
    };
    match wanted.namespace.as_deref() {
        Some("System") => system || wanted.name == "Any",
        Some(_) => fhir(),
        None => system || fhir(),
    }
}

/// Whether a primitive type is another, or derived from it where that counts.
pub(super) fn is_primitive(primitive: Primitive, wanted: &str, exactness: Exactness) -> bool {
    let own = primitive_name(primitive);
    own == wanted
        || (exactness == Exactness::Derived
            && (wanted == "Element" || supertypes(primitive).contains(&wanted)))
}

/// What a primitive type is derived from (FHIR R4, 2.24.0.1).
const fn supertypes(primitive: Primitive) -> &'static [&'static str] {
    match primitive {
        Primitive::Code | Primitive::Id | Primitive::Markdown => &["string"],
        Primitive::Url | Primitive::Canonical | Primitive::Oid | Primitive::Uuid => &["uri"],
        Primitive::PositiveInt | Primitive::UnsignedInt => &["integer"],
        _ => &[],
    }
}

/// The name of a primitive type.
pub(crate) fn primitive_name(primitive: Primitive) -> &'static str {
    let known = Definitions::r4().primitives().iter().find(|definition| definition.kind == primitive);
    known.map_or("xhtml", |definition| definition.name.as_str())
}

/// Whether a type with elements is another, or derived from it.
pub(crate) fn is_complex(own: &str, wanted: &str) -> bool {
    let definitions = Definitions::r4();
    let mut at = Some(own);
    while let Some(name) = at {
        if name == wanted {
            return true;
        }
        at = definitions.find(name).and_then(|definition| definition.base.as_deref());
    }
    let backbone = own.contains('.') && wanted == "BackboneElement";
    backbone || (wanted == "Element" && !definitions.is_resource(own) && own != "Resource")
}
