use super::item::Item;
use super::node::NodeKind;
use super::types::{Exactness, is_complex, is_primitive};
use crate::syntax::TypeName;

/// Whether an item has a type.
pub(crate) fn has_type(item: &Item<'_>, wanted: &TypeName, exactness: Exactness) -> bool {
    let name = wanted.name.as_str();
    match item {
        Item::Plain(plain) => {
            wanted.namespace.as_deref() != Some("FHIR") && (plain.type_name() == name || name == "Any")
        }
        Item::Node(_) if wanted.namespace.as_deref() == Some("System") => false,
        Item::Node(node) => match node.kind {
            NodeKind::Primitive(primitive) => is_primitive(primitive, name, exactness),
            NodeKind::Complex(definition) => is_complex(&definition.name, name),
            NodeKind::Untyped => item
                .plain()
                .is_some_and(|plain| plain.type_name() == name || plain.type_name().to_lowercase() == name),
        },
    }
}
