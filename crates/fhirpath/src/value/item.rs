use serde_json::Value;

use super::node::Node;
use super::plain::Plain;

/// One item of a collection.
#[derive(Debug, Clone)]
pub(crate) enum Item<'a> {
    Plain(Plain),
    Node(Node<'a>),
}

/// What every expression yields.
pub(crate) type Collection<'a> = Vec<Item<'a>>;

impl<'a> Item<'a> {
    /// Its value, where it is one.
    pub(crate) fn plain(&self) -> Option<Plain> {
        match self {
            Item::Plain(plain) => Some(plain.clone()),
            Item::Node(node) => node.plain(),
        }
    }

    /// The name of its type.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Item::Plain(plain) => plain.type_name(),
            Item::Node(node) => node.type_name(),
        }
    }

    /// As JSON.
    pub(crate) fn to_json(&self) -> Value {
        match self {
            Item::Plain(plain) => plain.to_json(),
            Item::Node(node) => node.json.clone(),
        }
    }

    /// The items of some JSON: those of an array, or the one thing it is.
    pub(crate) fn all_of(json: &'a Value) -> Collection<'a> {
        match json {
            Value::Null => Vec::new(),
            Value::Array(values) => values.iter().map(|value| Item::Node(Node::of(value))).collect(),
            value => vec![Item::Node(Node::of(value))],
        }
    }
}

impl From<Plain> for Item<'_> {
    fn from(plain: Plain) -> Self {
        Item::Plain(plain)
    }
}

impl From<bool> for Item<'_> {
    fn from(boolean: bool) -> Self {
        Item::Plain(Plain::Boolean(boolean))
    }
}

impl From<i64> for Item<'_> {
    fn from(integer: i64) -> Self {
        Item::Plain(Plain::Integer(integer))
    }
}

impl From<String> for Item<'_> {
    fn from(text: String) -> Self {
        Item::Plain(Plain::Text(text))
    }
}
