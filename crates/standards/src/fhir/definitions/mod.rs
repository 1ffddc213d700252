//! What FHIR R4 allows: types, elements, required codes and search parameters, as data.
//!
//! [`Definitions::r4`] unpacks the one embedded file on first use and keeps it for the life of the
//! process. A [`TypeDefinition`] answers by JSON property name, so that `valueQuantity` finds the
//! element `value[x]` together with the type `Quantity`. Names of types are resolved while loading;
//! afterwards nothing is looked up by text that could be followed by index.
//!
//! ```
//! use standards::fhir::definitions::Definitions;
//!
//! let observation = Definitions::r4().find("Observation").unwrap();
//! let property = observation.property("valueQuantity").unwrap();
//! assert_eq!((property.element.name.as_str(), property.kind.code.as_str()), ("value", "Quantity"));
//! ```

mod load;
mod model;
mod primitive;
#[cfg(test)]
mod tests;

pub use model::{
    CodeSet, Definitions, Element, ElementType, Property, SearchRow, TypeDefinition, TypeKind, TypeRef,
};
pub use primitive::{Primitive, PrimitiveDefinition};
