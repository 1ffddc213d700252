//! What fields the types of FHIR have.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use standards::fhir::definitions::{Definitions, Element, ElementType, Primitive, TypeRef};

/// The name that FHIR gives to the type of ids and extension URLs, which are plain strings.
const SYSTEM_STRING: &str = "http://hl7.org/fhirpath/System.String";

/// A primitive type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are those of FHIR R4, 2.24.0.1")]
pub enum FhirPrimitiveType {
    Boolean,
    Integer,
    String,
    Date,
    DateTime,
    Instant,
    Time,
    Decimal,
    Uri,
    Url,
    Canonical,
    Code,
    Oid,
    Id,
    Markdown,
    Base64Binary,
    UnsignedInt,
    PositiveInt,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FhirFieldType {
    /// A primitive type.
    Primitive(FhirPrimitiveType),
    /// A data type or resource by name.
    Complex(&'static str),
    /// A reference to a resource.
    Reference,
    /// A group of fields of its own, by path.
    BackboneElement(&'static str),
}

/// A field of a type.
#[derive(Debug, Clone)]
pub struct FieldInfo {
    /// Its type; of a choice the first one.
    pub field_type: FhirFieldType,
    /// Whether its type varies.
    pub is_choice_type: bool,
}

/// The field `field_name` of the type `type_name`; a choice is named `value[x]`.
#[must_use]
pub fn get_field_info(type_name: &str, field_name: &str) -> Option<&'static FieldInfo> {
    static TYPES: LazyLock<BTreeMap<&'static str, Fields>> = LazyLock::new(types);
    TYPES.get(type_name)?.get(field_name)
}

type Fields = BTreeMap<String, FieldInfo>;

fn types() -> BTreeMap<&'static str, Fields> {
    let definitions = Definitions::r4();
    definitions
        .types()
        .iter()
        .map(|definition| (definition.name.as_str(), definition.elements.iter().filter_map(field).collect()))
        .collect()
}

fn field(element: &'static Element) -> Option<(String, FieldInfo)> {
    let first = element.types.first()?;
    let name = if element.choice { format!("{}[x]", element.name) } else { element.name.clone() };
    Some((name, FieldInfo { field_type: field_type(element, first), is_choice_type: element.choice }))
}

fn field_type(element: &Element, kind: &'static ElementType) -> FhirFieldType {
    if element.name == "id" {
        return FhirFieldType::Complex(SYSTEM_STRING);
    }
    match kind.reference {
        TypeRef::Primitive(primitive) => {
            primitive_type(primitive).map_or(FhirFieldType::Complex(&kind.code), FhirFieldType::Primitive)
        }
        _ if kind.code == "Reference" => FhirFieldType::Reference,
        TypeRef::Complex(_) if kind.code.contains('.') || kind.code == "BackboneElement" => {
            FhirFieldType::BackboneElement(&kind.code)
        }
        _ => FhirFieldType::Complex(&kind.code),
    }
}

const fn primitive_type(primitive: Primitive) -> Option<FhirPrimitiveType> {
    Some(match primitive {
        Primitive::Base64Binary => FhirPrimitiveType::Base64Binary,
        Primitive::Boolean => FhirPrimitiveType::Boolean,
        Primitive::Canonical => FhirPrimitiveType::Canonical,
        Primitive::Code => FhirPrimitiveType::Code,
        Primitive::Date => FhirPrimitiveType::Date,
        Primitive::DateTime => FhirPrimitiveType::DateTime,
        Primitive::Decimal => FhirPrimitiveType::Decimal,
        Primitive::Id => FhirPrimitiveType::Id,
        Primitive::Instant => FhirPrimitiveType::Instant,
        Primitive::Integer => FhirPrimitiveType::Integer,
        Primitive::Markdown => FhirPrimitiveType::Markdown,
        Primitive::Oid => FhirPrimitiveType::Oid,
        Primitive::PositiveInt => FhirPrimitiveType::PositiveInt,
        Primitive::String => FhirPrimitiveType::String,
        Primitive::Time => FhirPrimitiveType::Time,
        Primitive::UnsignedInt => FhirPrimitiveType::UnsignedInt,
        Primitive::Uri => FhirPrimitiveType::Uri,
        Primitive::Url => FhirPrimitiveType::Url,
        Primitive::Uuid | Primitive::Xhtml => return None,
    })
}
