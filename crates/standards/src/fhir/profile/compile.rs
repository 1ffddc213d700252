//! From a StructureDefinition with a snapshot to a [`Profile`]. What is malformed in it is left out.

use serde_json::Value;

use super::model::{
    AllowedType, Binding, Discriminator, Expected, Invariant, Node, Openness, Profile, Slice, Slicing, Step,
    Strength, Test, Wanted,
};
use crate::fhir::outcome::Severity;

const MAX_VALUE_SET: &str = "http://hl7.org/fhir/StructureDefinition/elementdefinition-maxValueSet";

impl Profile {
    /// Reads a StructureDefinition.
    pub(super) fn new(structure: &Value) -> Profile {
        let mut root = Node::default();
        for element in list(structure.get("snapshot").unwrap_or(&Value::Null), "element") {
            if let Some(node) = text(element, "id").and_then(|id| place(&mut root, id)) {
                fill(node, element);
            }
        }
        tell_slices_apart(&mut root);
        Profile {
            url: owned(structure, "url"),
            version: text(structure, "version").map(str::to_owned),
            type_name: owned(structure, "type"),
            is_constraint: text(structure, "derivation") == Some("constraint"),
            root,
        }
    }
}

fn list<'a>(value: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    value.get(name).and_then(Value::as_array).into_iter().flatten()
}

fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name).and_then(Value::as_str)
}

fn owned(value: &Value, name: &str) -> String {
    text(value, name).unwrap_or_default().to_owned()
}

fn texts(value: &Value, name: &str) -> Vec<String> {
    list(value, name).filter_map(Value::as_str).map(str::to_owned).collect()
}

/// The node for an element id such as `Observation.component:systolic.value[x]`, made where it is new.
fn place<'a>(root: &'a mut Node, id: &str) -> Option<&'a mut Node> {
    let mut node = root;
    for segment in id.split('.').skip(1) {
        let (name, slice) = match segment.split_once(':') {
            Some((name, slice)) => (name, Some(slice)),
            None => (segment, None),
        };
        node = child(node, name);
        if let Some(slice) = slice {
            let (plain, is_choice) = (node.name.clone(), node.is_choice);
            let slices = &mut node.slicing.get_or_insert_default().slices;
            let at = slices.iter().position(|known| known.name == slice).unwrap_or_else(|| {
                let node = Node { name: plain, is_choice, ..Node::default() };
                slices.push(Slice { name: slice.to_owned(), tests: None, node });
                slices.len() - 1
            });
            node = &mut slices.get_mut(at)?.node;
        }
    }
    Some(node)
}

fn child<'a>(node: &'a mut Node, name: &str) -> &'a mut Node {
    let plain = name.trim_end_matches("[x]");
    let at = node.children.iter().position(|child| child.name == plain).unwrap_or(node.children.len());
    if at == node.children.len() {
        let is_choice = plain.len() < name.len();
        node.children.push(Node { name: plain.to_owned(), is_choice, ..Node::default() });
    }
    &mut node.children[at]
}

fn fill(node: &mut Node, element: &Value) {
    let number = |name: &str| element.get(name).and_then(Value::as_u64).and_then(|min| min.try_into().ok());
    node.min = number("min").unwrap_or_default();
    node.max = text(element, "max").and_then(|max| max.parse().ok());
    node.types = list(element, "type").map(allowed_type).collect();
    node.wanted = element.as_object().into_iter().flatten().find_map(|(name, value)| wanted(name, value));
    node.binding = element.get("binding").map(binding);
    node.invariants = list(element, "constraint").filter_map(invariant).collect();
    node.must_support = element.get("mustSupport") == Some(&Value::Bool(true));
    let content = text(element, "contentReference").and_then(|path| path.rsplit('#').next());
    node.content_of =
        content.into_iter().flat_map(|path| path.split('.').skip(1)).map(str::to_owned).collect();
    if let Some(slicing) = element.get("slicing") {
        fill_slicing(node.slicing.get_or_insert_default(), slicing);
    }
}

fn fill_slicing(slicing: &mut Slicing, source: &Value) {
    slicing.openness = match text(source, "rules") {
        Some("closed") => Openness::Closed,
        Some("openAtEnd") => Openness::OpenAtEnd,
        _ => Openness::Open,
    };
    slicing.is_ordered = source.get("ordered") == Some(&Value::Bool(true));
    slicing.discriminators = list(source, "discriminator")
        .map(|one| Discriminator { kind: owned(one, "type"), path: owned(one, "path") })
        .collect();
}

fn allowed_type(kind: &Value) -> AllowedType {
    AllowedType {
        code: owned(kind, "code"),
        profiles: texts(kind, "profile"),
        targets: texts(kind, "targetProfile"),
    }
}

fn wanted(name: &str, value: &Value) -> Option<Wanted> {
    match (name.strip_prefix("fixed"), name.strip_prefix("pattern")) {
        (Some(_), _) => Some(Wanted::Fixed(value.clone())),
        (_, Some(_)) => Some(Wanted::Pattern(value.clone())),
        _ => None,
    }
}

fn binding(source: &Value) -> Binding {
    let widest = list(source, "extension").find(|one| text(one, "url") == Some(MAX_VALUE_SET));
    let widest = widest.and_then(|one| text(one, "valueCanonical").or_else(|| text(one, "valueUri")));
    Binding {
        strength: match text(source, "strength") {
            Some("required") => Strength::Required,
            Some("extensible") => Strength::Extensible,
            _ => Strength::Weaker,
        },
        value_set: owned(source, "valueSet"),
        widest: widest.map(str::to_owned),
    }
}

fn invariant(source: &Value) -> Option<Invariant> {
    Some(Invariant {
        key: owned(source, "key"),
        severity: match text(source, "severity") {
            Some("warning") => Severity::Warning,
            _ => Severity::Error,
        },
        human: owned(source, "human"),
        expression: text(source, "expression")?.to_owned(),
    })
}

/// Works out for every slice what its discriminators mean.
fn tell_slices_apart(node: &mut Node) {
    node.children.iter_mut().for_each(tell_slices_apart);
    let Some(slicing) = &mut node.slicing else { return };
    if slicing.discriminators.is_empty() && node.is_choice {
        // Slices of a choice that say no more are by type (FHIR R4, 5.1.0.14).
        slicing.discriminators.push(Discriminator { kind: "type".to_owned(), path: "$this".to_owned() });
    }
    for slice in &mut slicing.slices {
        tell_slices_apart(&mut slice.node);
        let tests = slicing.discriminators.iter().map(|one| test(one, &slice.node));
        slice.tests = tests.collect::<Option<Vec<Test>>>().filter(|tests| !tests.is_empty());
    }
}

fn test(discriminator: &Discriminator, slice: &Node) -> Option<Test> {
    let steps = steps(&discriminator.path)?;
    let target = descend(slice, &steps);
    let types = || target.map(|node| node.types.as_slice()).unwrap_or_default();
    let expected = match discriminator.kind.as_str() {
        "value" | "pattern" => {
            let told = target.filter(|node| node.tells()).cloned();
            Expected::Like(Box::new(told.or_else(|| extension_url(slice, &steps))?))
        }
        "exists" => Expected::Existence(match target {
            Some(node) if node.max == Some(0) => false,
            Some(node) if node.min > 0 => true,
            _ => return None,
        }),
        "type" => Expected::Types(types().iter().map(|kind| kind.code.clone()).collect()),
        "profile" => {
            let of_type = |kind: &AllowedType| kind.profiles.iter().chain(&kind.targets).cloned().collect();
            Expected::Conformance(types().iter().flat_map::<Vec<String>, _>(of_type).collect())
        }
        _ => return None,
    };
    let says = match &expected {
        Expected::Types(names) | Expected::Conformance(names) => !names.is_empty(),
        Expected::Like(_) | Expected::Existence(_) => true,
    };
    says.then_some(Test { steps, expected })
}

/// An extension's `url` is the URL of its profile, where the slice only names that.
fn extension_url(slice: &Node, steps: &[Step]) -> Option<Node> {
    let is_url = matches!(steps, [Step::Element(name)] if name == "url");
    let url = slice.types.first()?.profiles.first().filter(|_| is_url)?;
    Some(Node { wanted: Some(Wanted::Fixed(Value::from(url.as_str()))), ..Node::default() })
}

/// The node a path leads to. Types and what references lead to are told by the node before.
fn descend<'a>(slice: &'a Node, steps: &[Step]) -> Option<&'a Node> {
    steps.iter().try_fold(slice, |node, step| match step {
        Step::Element(name) => {
            // What tells may stand in a slice of its own, as the codings of the parts of a blood pressure do.
            let slices = node.slicing.iter().flat_map(|slicing| &slicing.slices);
            let below = || slices.filter_map(|slice| slice.node.child(name)).find(|child| child.tells());
            node.child(name).filter(|child| child.tells()).or_else(below).or_else(|| node.child(name))
        }
        Step::Extension(url) => {
            let slices = &node.child("extension")?.slicing.as_ref()?.slices;
            let names = |kind: &AllowedType| kind.profiles.contains(url);
            slices.iter().map(|slice| &slice.node).find(|node| node.types.iter().any(names))
        }
        Step::OfType(_) | Step::Resolve => Some(node),
    })
}

/// The restricted FHIRPath of discriminators (FHIR R4, 5.1.0.14.1).
fn steps(path: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    for word in split(path) {
        steps.push(match word.split_once('(') {
            None if word == "$this" => continue,
            None => Step::Element(word.to_owned()),
            Some(("resolve", ")")) => Step::Resolve,
            Some(("extension", rest)) => Step::Extension(quoted(rest)?),
            Some(("ofType", rest)) => Step::OfType(rest.strip_suffix(')')?.trim().to_owned()),
            Some(_) => return None,
        });
    }
    Some(steps)
}

/// The parts between dots, but not those within quotes.
fn split(path: &str) -> Vec<&str> {
    let mut is_quoted = false;
    let parts = path.split(|letter| {
        is_quoted ^= letter == '\'';
        letter == '.' && !is_quoted
    });
    parts.filter(|part| !part.is_empty()).collect()
}

fn quoted(argument: &str) -> Option<String> {
    Some(argument.strip_suffix(')')?.trim().strip_prefix('\'')?.strip_suffix('\'')?.to_owned())
}
