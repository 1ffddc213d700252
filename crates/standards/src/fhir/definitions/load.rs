//! From the embedded file to [`Definitions`]. The file's form is described beside it, in `data/README.md`.

use flate2::read::GzDecoder;
use serde::Deserialize;

use super::model::{
    CodeSet, Definitions, Element, ElementType, SearchRow, TypeDefinition, TypeKind, TypeRef,
};
use super::primitive::{Primitive, PrimitiveDefinition};

const FILE: &[u8] = include_bytes!("../../../data/fhir-r4.json.gz");

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RawDefinitions {
    fhir_version: String,
    primitives: Vec<RawPrimitive>,
    types: Vec<RawType>,
    codes: Vec<RawCodeSet>,
    search: Vec<SearchRow>,
}

#[derive(Deserialize)]
struct RawPrimitive {
    name: String,
    regex: Option<String>,
}

#[derive(Deserialize)]
struct RawType {
    name: String,
    kind: TypeKind,
    #[serde(default, rename = "abstract")]
    is_abstract: bool,
    base: Option<String>,
    elements: Vec<RawElement>,
}

#[derive(Deserialize)]
struct RawElement {
    name: String,
    #[serde(default)]
    choice: bool,
    #[serde(default)]
    min: u32,
    #[serde(default)]
    many: bool,
    types: Vec<RawElementType>,
    #[serde(default)]
    modifier: bool,
    #[serde(default)]
    summary: bool,
    codes: Option<String>,
}

#[derive(Deserialize)]
struct RawElementType {
    code: String,
    #[serde(default)]
    targets: Vec<String>,
}

#[derive(Deserialize)]
struct RawCodeSet {
    url: String,
    systems: Vec<RawSystem>,
}

#[derive(Deserialize)]
struct RawSystem {
    system: String,
    codes: Vec<String>,
}

/// Unpacks the embedded file.
pub(super) fn embedded() -> Definitions {
    let mut json = Vec::new();
    std::io::Read::read_to_end(&mut GzDecoder::new(FILE), &mut json)
        .expect("the embedded definitions are gzip");
    resolve(serde_json::from_slice(&json).expect("the embedded definitions have the form of this module"))
}

fn resolve(raw: RawDefinitions) -> Definitions {
    let names: Vec<String> = raw.types.iter().map(|kind| kind.name.clone()).collect();
    let urls: Vec<String> = raw.codes.iter().map(|set| set.url.clone()).collect();
    let types: Vec<TypeDefinition> =
        raw.types.into_iter().map(|kind| type_definition(kind, &names, &urls)).collect();
    let resource_types = types
        .iter()
        .filter(|kind| kind.kind == TypeKind::Resource && !kind.is_abstract)
        .map(|kind| kind.name.clone())
        .collect();
    Definitions {
        fhir_version: raw.fhir_version,
        primitives: raw.primitives.into_iter().map(primitive).collect(),
        types,
        code_sets: raw.codes.into_iter().map(code_set).collect(),
        resource_types,
        search_rows: raw.search,
    }
}

fn primitive(raw: RawPrimitive) -> PrimitiveDefinition {
    let kind = Primitive::from_name(&raw.name).expect("every primitive type of R4 has a variant");
    PrimitiveDefinition { kind, name: raw.name, pattern: raw.regex }
}

fn type_definition(raw: RawType, names: &[String], urls: &[String]) -> TypeDefinition {
    let elements: Vec<Element> = raw.elements.into_iter().map(|one| element(one, names, urls)).collect();
    TypeDefinition {
        properties: properties(&elements),
        name: raw.name,
        kind: raw.kind,
        is_abstract: raw.is_abstract,
        base: raw.base,
        elements,
    }
}

fn element(raw: RawElement, names: &[String], urls: &[String]) -> Element {
    let types = raw
        .types
        .into_iter()
        .map(|kind| ElementType {
            reference: reference(&kind.code, names),
            code: kind.code,
            targets: kind.targets,
        })
        .collect();
    Element {
        name: raw.name,
        choice: raw.choice,
        min: raw.min,
        many: raw.many,
        types,
        modifier: raw.modifier,
        summary: raw.summary,
        code_set: raw.codes.as_ref().and_then(|url| urls.binary_search(url).ok()),
        value_set: raw.codes,
    }
}

fn reference(code: &str, names: &[String]) -> TypeRef {
    if code == "Resource" {
        return TypeRef::AnyResource;
    }
    if let Some(primitive) = Primitive::from_name(code) {
        return TypeRef::Primitive(primitive);
    }
    let at = names.binary_search_by(|known| known.as_str().cmp(code));
    TypeRef::Complex(at.expect("every type an element has is defined in the same file"))
}

/// The JSON properties of elements: the name, or for a choice the name with each type (FHIR R4, 2.6.1.5).
fn properties(elements: &[Element]) -> Vec<(String, usize, usize)> {
    let mut properties = Vec::new();
    for (position, element) in elements.iter().enumerate() {
        for (kind, element_type) in element.types.iter().enumerate() {
            let property = match element.choice {
                true => format!("{}{}", element.name, capitalised(&element_type.code)),
                false => element.name.clone(),
            };
            properties.push((property, position, kind));
        }
    }
    properties.sort();
    properties
}

fn capitalised(name: &str) -> String {
    let mut characters = name.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

fn code_set(raw: RawCodeSet) -> CodeSet {
    let systems = raw.systems.into_iter().map(|one| (one.system, one.codes)).collect();
    CodeSet { url: raw.url, systems }
}
