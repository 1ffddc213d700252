//! The walk over a resource, element by element.

use serde_json::{Map, Value};

use super::path::Path;
use super::seen::Seen;
use super::wording::{shown, unknown};
use super::{coding, primitive, reference};
use crate::fhir::definitions::{Definitions, Property, TypeDefinition, TypeKind, TypeRef};
use crate::fhir::outcome::{Issue, IssueCode};

/// Every structural problem of a resource, in the order of its text; none if it is sound.
///
/// After 200 problems the walk goes silent and says so, since nobody reads more.
pub fn validate(definitions: &Definitions, resource: &Value) -> Vec<Issue> {
    let mut walk = Walk { definitions, container: resource, issues: Vec::new(), untold: 0 };
    let name = resource.get("resourceType").and_then(Value::as_str).unwrap_or("Resource");
    walk.resource(resource, &Path::root(name));
    if walk.untold > 0 {
        let more = format!("{} more problems were found; solve these first", walk.untold);
        walk.issues.push(Issue::error(IssueCode::TooCostly, more));
    }
    walk.issues
}

/// The most problems that are told apart.
const ISSUES_MAX: usize = 200;

struct Walk<'a> {
    definitions: &'a Definitions,
    /// The resource that `#id` references are resolved in.
    container: &'a Value,
    issues: Vec<Issue>,
    /// Problems beyond the limit.
    untold: usize,
}

impl<'a> Walk<'a> {
    fn report(&mut self, code: IssueCode, path: &Path<'_>, message: impl Into<String>) {
        match self.issues.len() < ISSUES_MAX {
            true => self.issues.push(Issue::error(code, message).at(path.to_string())),
            false => self.untold += 1,
        }
    }

    fn resource(&mut self, value: &'a Value, path: &Path<'_>) {
        let Value::Object(members) = value else {
            return self.report(IssueCode::Structure, path, "expected a resource, a JSON object");
        };
        let name = match members.get("resourceType") {
            Some(Value::String(name)) => name,
            Some(_) => return self.report(IssueCode::Structure, path, "`resourceType` must be a string"),
            None => return self.report(IssueCode::Required, path, "`resourceType` is missing"),
        };
        match self.definitions.find(name) {
            Some(kind) if kind.kind == TypeKind::Resource && !kind.is_abstract => {
                self.members(kind, members, path);
            }
            _ => {
                let message = format!("`{name}` is not a resource type of FHIR R4");
                self.report(IssueCode::Value, path, message);
            }
        }
    }

    /// A resource inside another: contained ones share the container, those in bundles are their own.
    fn inner_resource(&mut self, element: &str, value: &'a Value, path: &Path<'_>) {
        if element != "contained" {
            let outer = std::mem::replace(&mut self.container, value);
            self.resource(value, path);
            self.container = outer;
            return;
        }
        if value.get("contained").is_some() {
            self.report(IssueCode::Invariant, path, "a contained resource cannot contain others (dom-2)");
        }
        self.resource(value, path);
    }

    /// The members of an object of a type: each one, then what is missing.
    fn members(&mut self, kind: &'a TypeDefinition, members: &'a Map<String, Value>, path: &Path<'_>) {
        if members.is_empty() {
            return self.report(IssueCode::Structure, path, "an empty object says nothing; leave it out");
        }
        let mut seen = Seen::default();
        for (name, value) in members {
            if name == "resourceType" && kind.kind == TypeKind::Resource {
                continue;
            }
            let (plain, is_extension) = match name.strip_prefix('_') {
                Some(plain) => (plain, true),
                None => (name.as_str(), false),
            };
            let known = kind.property(plain).filter(|property| !is_extension || is_primitive(property));
            let Some(property) = known else {
                self.report(IssueCode::Structure, &path.child(name), unknown(kind, name));
                continue;
            };
            let place = path.child(&property.element.name);
            if seen.is_second_choice(kind, property.position, plain, members) {
                let message = format!(
                    "`{plain}` is one value too many: only one type of `{}[x]` may be given",
                    property.element.name
                );
                self.report(IssueCode::Structure, &place, message);
            }
            match is_extension {
                true => self.primitive_extensions(property, value, members.get(plain), &place),
                false => self.values(property, name, value, members, &place),
            }
        }
        for (position, element) in kind.elements.iter().enumerate() {
            if element.min > 0 && !seen.has(position) {
                let choice = if element.choice { "[x]" } else { "" };
                let message = format!("`{}{choice}` is missing; {} requires it", element.name, kind.name);
                self.report(IssueCode::Required, &path.child(&element.name), message);
            }
        }
        if kind.name == "Extension" {
            self.extension_content(members, path);
        }
    }

    /// The values of one property: an array where the element repeats, a single value where not.
    fn values(
        &mut self,
        property: Property<'a>,
        name: &str,
        value: &'a Value,
        members: &'a Map<String, Value>,
        path: &Path<'_>,
    ) {
        match (value, property.element.many) {
            (Value::Array(items), true) if items.is_empty() => {
                self.report(IssueCode::Structure, path, "an empty array says nothing; leave it out");
            }
            (Value::Array(items), true) => {
                let extensions = || members.get(&format!("_{name}")).and_then(Value::as_array);
                for (index, item) in items.iter().enumerate() {
                    let is_extended = || extensions()?.get(index)?.as_object();
                    if item.is_null() && is_primitive(&property) && is_extended().is_some() {
                        continue;
                    }
                    self.value(property, item, &path.at(index));
                }
            }
            (Value::Array(_), false) => {
                self.report(IssueCode::Structure, path, format!("`{name}` takes one value, not an array"));
            }
            (_, true) => {
                self.report(
                    IssueCode::Structure,
                    path,
                    format!("`{name}` may repeat, so it must be an array"),
                );
            }
            (_, false) => self.value(property, value, path),
        }
    }

    fn value(&mut self, property: Property<'a>, value: &'a Value, path: &Path<'_>) {
        if value.is_null() {
            return self.report(IssueCode::Structure, path, "null is no value; leave it out");
        }
        match property.kind.reference {
            TypeRef::AnyResource => return self.inner_resource(&property.element.name, value, path),
            TypeRef::Primitive(kind) => {
                if let Err(expected) = primitive::check(kind, value) {
                    let message = format!("{} is not valid here; expected {expected}", shown(value));
                    return self.report(IssueCode::Value, path, message);
                }
            }
            TypeRef::Complex(_) => {
                let Value::Object(members) = value else {
                    let message = format!("expected an object of type {}", property.kind.code);
                    return self.report(IssueCode::Structure, path, message);
                };
                if let Some(kind) = self.definitions.follow(property.kind.reference) {
                    self.members(kind, members, path);
                }
                if property.kind.code == "Reference" {
                    let targets = &property.kind.targets;
                    if let Err(message) = reference::check(self.definitions, members, targets, self.container)
                    {
                        self.report(IssueCode::Value, path, message);
                    }
                }
            }
        }
        if let Some(codes) = self.definitions.codes(property.element)
            && let Err(message) = coding::check(codes, &property.kind.code, value)
        {
            self.report(IssueCode::CodeInvalid, path, message);
        }
    }

    /// What stands under `_name`: id and extensions of a primitive value, or of each of several
    /// (FHIR R4, 2.6.2.3).
    fn primitive_extensions(
        &mut self,
        property: Property<'a>,
        value: &'a Value,
        plain: Option<&'a Value>,
        path: &Path<'_>,
    ) {
        let (items, plain) = match (value, property.element.many) {
            (Value::Array(items), true) => (items, plain.and_then(Value::as_array)),
            (Value::Object(_), false) => return self.element(value, path),
            (_, true) => {
                return self.report(IssueCode::Structure, path, "its `_` part must be an array as well");
            }
            (_, false) => return self.report(IssueCode::Structure, path, "its `_` part must be an object"),
        };
        // Nulls at the end may be left out; they would tell nothing.
        if plain.is_some_and(|plain| items.len() > plain.len()) || items.is_empty() {
            let message = "its `_` part must match the values one by one; fill either with null";
            self.report(IssueCode::Structure, path, message);
        }
        for (index, item) in items.iter().enumerate() {
            match (item.is_null(), plain.is_some()) {
                (true, true) => {}
                (true, false) => {
                    self.report(IssueCode::Structure, &path.at(index), "neither value nor extension");
                }
                (false, _) => self.element(item, &path.at(index)),
            }
        }
    }

    fn element(&mut self, value: &'a Value, path: &Path<'_>) {
        match (value, self.definitions.find("Element")) {
            (Value::Object(members), Some(kind)) => self.members(kind, members, path),
            _ => self.report(IssueCode::Structure, path, "expected an object with id or extension"),
        }
    }

    /// An extension has a value or extensions of its own, not both (rule ext-1).
    fn extension_content(&mut self, members: &Map<String, Value>, path: &Path<'_>) {
        let is_value = |name: &String| name.trim_start_matches('_').starts_with("value");
        let message = match (members.contains_key("extension"), members.keys().any(is_value)) {
            (true, true) => "an extension has a value or extensions, not both (ext-1)",
            (false, false) => "an extension needs a value or extensions (ext-1)",
            _ => return,
        };
        self.report(IssueCode::Invariant, path, message);
    }
}

fn is_primitive(property: &Property<'_>) -> bool {
    matches!(property.kind.reference, TypeRef::Primitive(_))
}
