//! The definitions in memory.

use std::sync::LazyLock;

use serde::Deserialize;

use super::load;
use super::primitive::{Primitive, PrimitiveDefinition};

static R4: LazyLock<Definitions> = LazyLock::new(load::embedded);

/// All of FHIR R4 that this crate knows.
#[derive(Debug)]
pub struct Definitions {
    pub(super) fhir_version: String,
    pub(super) primitives: Vec<PrimitiveDefinition>,
    /// Sorted by name.
    pub(super) types: Vec<TypeDefinition>,
    pub(super) code_sets: Vec<CodeSet>,
    pub(super) resource_types: Vec<String>,
    pub(super) search_rows: Vec<SearchRow>,
}

impl Definitions {
    /// The embedded definitions of FHIR R4, unpacked on first use.
    pub fn r4() -> &'static Definitions {
        &R4
    }

    /// The version of FHIR described, `4.0.1`.
    pub fn fhir_version(&self) -> &str {
        &self.fhir_version
    }

    /// True for the name of a resource type that can have instances (not `Resource`, `DomainResource`).
    pub fn is_resource(&self, name: &str) -> bool {
        self.resource_types.binary_search_by(|known| known.as_str().cmp(name)).is_ok()
    }

    /// The names of all resource types that can have instances, sorted.
    pub fn resource_types(&self) -> &[String] {
        &self.resource_types
    }

    /// All resources, data types and backbone elements, sorted by name.
    pub fn types(&self) -> &[TypeDefinition] {
        &self.types
    }

    /// The primitive types, sorted by name.
    pub fn primitives(&self) -> &[PrimitiveDefinition] {
        &self.primitives
    }

    /// A resource, data type or backbone element by name; the latter by path, such as `Patient.contact`.
    pub fn find(&self, name: &str) -> Option<&TypeDefinition> {
        let at = self.types.binary_search_by(|known| known.name.as_str().cmp(name)).ok()?;
        self.types.get(at)
    }

    /// The definition a reference within these definitions points to; none for primitive types and
    /// for places that take any resource.
    pub fn follow(&self, reference: TypeRef) -> Option<&TypeDefinition> {
        match reference {
            TypeRef::Complex(at) => self.types.get(at),
            TypeRef::Primitive(_) | TypeRef::AnyResource => None,
        }
    }

    /// The element and the type behind a JSON property, such as `Observation` and `valueQuantity`.
    pub fn element(&self, type_name: &str, property: &str) -> Option<Property<'_>> {
        self.find(type_name)?.property(property)
    }

    /// The codes an element is bound to with strength `required`, where they can be listed completely.
    pub fn codes(&self, element: &Element) -> Option<&CodeSet> {
        self.code_sets.get(element.code_set?)
    }

    /// Every search parameter of the specification, one row for each type it applies to, sorted by
    /// base and code. Parameters of all resources have the base `Resource` or `DomainResource`.
    pub fn search_rows(&self) -> &[SearchRow] {
        &self.search_rows
    }
}

/// What sort of type a [`TypeDefinition`] describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TypeKind {
    /// A resource.
    Resource,
    /// A general-purpose data type.
    Datatype,
    /// A group of elements inside one type.
    Backbone,
}

/// A type with elements.
#[derive(Debug)]
pub struct TypeDefinition {
    /// Its name; the path for a backbone element.
    pub name: String,
    /// What sort of type it is.
    pub kind: TypeKind,
    /// True for types that only exist to be derived from.
    pub is_abstract: bool,
    /// The type it is derived from, if any.
    pub base: Option<String>,
    /// All its elements, inherited ones included, in the order of the specification.
    pub elements: Vec<Element>,
    /// JSON property, element, type of the element; sorted by property.
    pub(super) properties: Vec<(String, usize, usize)>,
}

impl TypeDefinition {
    /// The element and type behind a JSON property; the name without `_` for primitive extensions.
    pub fn property(&self, name: &str) -> Option<Property<'_>> {
        let at = self.properties.binary_search_by(|(known, _, _)| known.as_str().cmp(name)).ok()?;
        let &(_, position, kind) = self.properties.get(at)?;
        let element = self.elements.get(position)?;
        Some(Property { position, element, kind: element.types.get(kind)? })
    }

    /// The elements marked for `_summary=true` (FHIR R4, 3.1.1.5.8).
    pub fn summary(&self) -> impl Iterator<Item = &Element> {
        self.elements.iter().filter(|element| element.summary)
    }

    /// The elements that must be present.
    pub fn required(&self) -> impl Iterator<Item = &Element> {
        self.elements.iter().filter(|element| element.min > 0)
    }
}

/// An element of a type.
#[derive(Debug)]
pub struct Element {
    /// Its name; for a choice without `[x]`.
    pub name: String,
    /// True for a choice of types, written `value[x]` in the specification.
    pub choice: bool,
    /// The least number of values.
    pub min: u32,
    /// True if there may be more than one value; then it is an array in JSON.
    pub many: bool,
    /// The types a value may have; more than one only for a choice.
    pub types: Vec<ElementType>,
    /// True if the element can change the meaning of others.
    pub modifier: bool,
    /// True if the element belongs to the summary.
    pub summary: bool,
    /// The URL of the value set of a required binding.
    pub value_set: Option<String>,
    pub(super) code_set: Option<usize>,
}

/// One type an element may have.
#[derive(Debug)]
pub struct ElementType {
    /// The name of the type.
    pub code: String,
    /// The type, resolved.
    pub reference: TypeRef,
    /// For a Reference, the resource types it may point to; empty means any.
    pub targets: Vec<String>,
}

/// A type within the definitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypeRef {
    /// A primitive type.
    Primitive(Primitive),
    /// A type with elements; see [`Definitions::follow`].
    Complex(usize),
    /// Any resource, as in `contained`.
    AnyResource,
}

/// What a JSON property stands for.
#[derive(Clone, Copy, Debug)]
pub struct Property<'a> {
    /// Where the element stands in [`TypeDefinition::elements`].
    pub position: usize,
    /// The element.
    pub element: &'a Element,
    /// The type that the property's name chooses.
    pub kind: &'a ElementType,
}

/// A value set, expanded to its codes.
#[derive(Debug)]
pub struct CodeSet {
    /// Canonical URL of the value set.
    pub url: String,
    /// System and sorted codes.
    pub(super) systems: Vec<(String, Vec<String>)>,
}

impl CodeSet {
    /// True if any system of the set has this code.
    pub fn has_code(&self, code: &str) -> bool {
        self.systems.iter().any(|(_, codes)| has(codes, code))
    }

    /// True if the set has this code of this system.
    pub fn has_coding(&self, system: &str, code: &str) -> bool {
        self.systems.iter().any(|(known, codes)| known == system && has(codes, code))
    }

    /// All codes with their systems.
    pub fn codings(&self) -> impl Iterator<Item = (&str, &str)> {
        self.systems
            .iter()
            .flat_map(|(system, codes)| codes.iter().map(move |code| (system.as_str(), code.as_str())))
    }
}

fn has(codes: &[String], code: &str) -> bool {
    codes.binary_search_by(|known| known.as_str().cmp(code)).is_ok()
}

/// A search parameter as it applies to one type.
#[derive(Clone, Debug, Deserialize)]
pub struct SearchRow {
    /// The type searched, or `Resource` or `DomainResource` for all.
    pub base: String,
    /// The name used in queries.
    pub code: String,
    /// The canonical URL of the SearchParameter.
    pub url: String,
    /// Its type: number, date, string, token, reference, composite, quantity, uri or special.
    pub kind: String,
    /// FHIRPath to the values, starting at the base; empty for `_text`, `_content` and `_query`.
    #[serde(default)]
    pub expression: String,
    /// For a reference, the types it may point to.
    #[serde(default)]
    pub targets: Vec<String>,
    /// For a composite, the code of each part and its FHIRPath from a value of [`SearchRow::expression`].
    #[serde(default)]
    pub components: Vec<(String, String)>,
}
